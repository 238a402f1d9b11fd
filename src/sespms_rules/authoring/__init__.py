"""What helps an author write: fixes carried out, a draft completed with what the law asks, phrases and pages found.

Everything here goes from text to text, or from text to data; nothing is written to a file. What is changed is always
read and checked again, so that no help is trusted because it was meant well.
"""
