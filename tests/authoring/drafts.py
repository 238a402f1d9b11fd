"""Invented drafts, as an analyst writes them before she has opened the law: how ratings are derived and no more."""

DRAFT = """system "Invented Harbor Commission SES system"
  agency "Invented Harbor Commission"
  follows "5 CFR part 430, subpart C" as of 2025-10-15
  effective 2025-11-01
  covers career executives

appraisal period
  runs October 1 to September 30

critical element "Results Driven"

critical element "Safe Harbors"

levels
  level 5 "Outstanding"             5 points
  level 4 "Exceeds"                 4 points
  level 3 "Fully Successful"        3 points
  level 2 "Minimally Satisfactory"  2 points
  level 1 "Unsatisfactory"          0 points

weights
  total 100
  are whole numbers
  all at least 20

summary rating
  score is the sum of points times weight
  score 475 to 500 is level 5
  score 400 to 474 is level 4
  score 300 to 399 is level 3
  score 200 to 299 is level 2
  any critical element at level 1 makes the rating level 1
"""

HASTY = """system "Invented Ferry Board SES system"
  agency "Invented Ferry Board"
  follows "5 CFR part 430, subpart C" as of 2025-10-15
  efective 2026-10-01
  covers career executives
  has exactly 5 critical elements

apraisal period
  runs October 1 to September 30
  lasts at least 90 days

critical element "Results Driven"

critical element "Leading People"

critical element "Leading Change"

critical element "Business Acumen"

critical element "Building Coalitions"

levels
  level 1 "Unsatisfactory"          0 points
  level 2 "Minimally Satisfactory"  2 points
  level 3 "Fully Successful"        3 points
  level 4 "Exceeds"                 4 points
  level 5 "Outstanding"             5 points

weights
  totl 100
  are whole numbers
  "Results Drivn" at least 20
  all others at least 5

sumary rating
  score is the sum of points times weight
  score 475 to 500 is level 5
  score 400 to 475 is level 4
  score 300 to 399 is level 3
  score 200 to 299 is level 2
  any critical element at level 1 makes the rating level 1

scenario "All as planned"
  "Results Driven" weight 40 rated 3
  "Leading People" weight 15 rated 3
  "Leading Change" weight 15 rated 3
  "Business Acumen" weight 15 rated 3
  "Building Coalitions" weight 15 rated 3
  expect level 3
"""
"""Forty-nine lines typed in haste: misspelled headings, words, a name; levels upside down; a score in two ranges."""

SPOKEN = """System "Invented Lantern Tide Office SES system"
  agency "Invented Lantern Tide Office"
  follows "5 CFR part 430, subpart C" as of 2025-10-15
  effective October 1, 2026
  covers career executives
  has exactly 5 critical elements

apprisal period
  fiscal year
  must last a minimum of 90 days

critical element "Results Driven"

critical element "Leading People"

critical element "Leading Change"

critical element "Business Acumen"

critical element "Building Coalitions"

levels
  level 5 is "Outstanding"
  level 4 is "Exceeds Fully Successful"
  level 3 is "Fully Successful"
  level 2 is "Minimally Satisfactory"
  level 1 "Unsatisfactory" 1 point

weights
  the five elements must sum to 100
  fractions are not allowed
  "Results Driven" at a minimum of 20
  no element may weigh less than 5

summary rating
  points are multiplied by weights and added up
  a total of 475 to 500 equals Outstanding
  a total of 400 to 474 equals Exceeds Fully Successful
  a total of 300 to 399 equals Fully Successful
  a total of 200 to 299 equals Minimally Satisfactory
  an unsatisfactory critical element results in an unsatisfactory rating

scenario "All as planned"
  Results Driven 3
  "Leading People" weight 15 rated 3
  "Leading Change" weight 15 rated 3
  "Business Acumen" weight 15 rated 3
  "Building Coalitions" weight 15 rated 3
  expected rating: level 3
"""
"""Forty-nine lines as an office says them: hardly one is a sentence of the language."""

TYPED = """System: Example Weather Bureau SES Performance System
  agency is Example Weather Bureau
  effective October 1, 2026
  covers all career and noncareer executives
  follows "5 CFR part 430, subpart C"

Appraisal Period
  runs from October 1 through September 30
  minimum period is 90 days

Critical Element: Leading Change
  evaluates leadership

Critical Element: Leading People
  evaluates leadership

Critical Element: Forecast Accuracy
  weight is at least 20%
  evaluates results

Critical Element: Business Acumen

Rating levels
  Level 5: Outstanding = 5 points
  Level 4: Exceeds Fully Successful = 4 points
  Level 3: Fully Successful = 3 points
  Level 2: Minimally Satisfactory = 2 points
  Level 1: Unsatisfactory = 1 point

Weights
  total must equal 100
  whole numbers only
  each element at least 10 percent

Overall rating
  score = sum of points x weight
  450-500 = level 5
  350 - 449 is level 4
  score of 250 to 349: Level 3
  150-249 is Level 2
  level 1 is below 150
  if any element is rated Unsatisfactory the summary rating is Unsatisfactory

Example: Ms. Rivers
  Leading Change: weight 20, level 4
  Leading People weight 20 rated 4
  Forecast Accuracy weight 40 rated 5
  Business Acumen weight 20 rated 3
  result should be level 4
"""
