package instrument

// Lookup converts a raw sum to a published scale score.
type Lookup struct {
	Source string
	Table  []LookupRow // ascending by Raw
}

// LookupRow is one raw sum and the scale score that it stands for.
type LookupRow struct{ Raw, Scaled float64 }

// Norms compare a score with those of a norm sample. The first group whose conditions a person meets counts.
type Norms struct {
	Source string
	Groups []NormGroup
}

// NormGroup is one norm sample: either its mean and standard deviation, or a table.
type NormGroup struct {
	When     []NormCondition // all must hold; none means everybody
	Mean, SD float64         // of the sample; of a table of counts computed from it
	N        int             // persons in the sample; 0 when the file does not say
	Table    []NormRow       // ascending by Score; nil when mean and SD are given
}

// NormCondition says which values of an attribute belong to a norm group.
type NormCondition struct {
	Attribute string // "grade" or "language"
	Values    []string
}

// NormRow is one score of a norm table.
type NormRow struct {
	Score      float64
	Count      int      // persons of the sample with this score; 0 when the table gives percentiles instead
	Percentile *float64 // the score's percentile rank, 0 to 100; nil when the table gives counts
	T          *float64 // the score's T; nil when the table does not give it
}

// IRTModel is an item response model for ordered answers.
type IRTModel string

// The item response models: graded response, generalized partial credit, partial credit.
const (
	GRM  IRTModel = "grm"
	GPCM IRTModel = "gpcm"
	PCM  IRTModel = "pcm"
)

// IRT is an item response model with its parameters given.
type IRT struct {
	Model      IRTModel
	Scaling    float64   // D: 1, or 1.702 for the normal metric
	Items      []IRTItem // by item of the scale, in its order
	PriorMean  float64
	PriorSD    float64
	Quadrature Quadrature
	Report     *Linear // from theta to the reporting metric; nil when left out
}

// IRTItem is one item's slope and the thresholds (GRM) or steps (GPCM, PCM) between its scored codes, keyed, ascending.
type IRTItem struct {
	A float64 // 1 in a PCM
	B []float64
}

// Quadrature is the grid of an EAP: Points equidistant nodes from From to To.
type Quadrature struct {
	From, To float64
	Points   int
}

// Linear is Slope * x + Intercept.
type Linear struct{ Slope, Intercept float64 }
