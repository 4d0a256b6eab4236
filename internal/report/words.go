package report

import "surveyd/internal/psychometrics"

// explained is a reason's code and what it says.
func explained(why psychometrics.Reason) string { return string(why) + ": " + reasonWords(why) }

func reasonWords(why psychometrics.Reason) string {
	switch why {
	case psychometrics.TooFewPersons:
		return "fewer than two persons"
	case psychometrics.TooFewItems:
		return "it takes more items"
	case psychometrics.NoVariance:
		return "everybody, or every item, has the same value"
	case psychometrics.ZeroItem:
		return "an item has no variance"
	case psychometrics.Singular:
		return "the covariance matrix has no inverse"
	case psychometrics.Heywood:
		return "the solution has a negative or zero unique variance"
	case psychometrics.NotConverged:
		return "the estimation came to no end"
	case psychometrics.NotDeclared:
		return "the instrument does not declare what it needs"
	case psychometrics.OneGroup:
		return "there is one group only"
	case psychometrics.TooFewStrata:
		return "no score point has persons of both groups"
	case psychometrics.SmallCell:
		return "fewer persons than may be shown"
	case psychometrics.Complementary:
		return "shown, it would let a small cell be computed"
	case psychometrics.NotIdentified:
		return "the model has as many parameters as the data can tell"
	}
	return "unknown"
}
