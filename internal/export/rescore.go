package export

import (
	"errors"
	"fmt"
	"io"
	"slices"

	"surveyd/internal/answerfile"
	"surveyd/internal/csvfile"
	"surveyd/internal/instrument"
	"surveyd/internal/scoring"
)

// Scored is what scoring a file has found.
type Scored struct {
	answerfile.Report
	NoNormGroup int // persons with a score on a scale with norms none of whose groups they belong to
}

// ScoreFile copies a CSV file with answers from src to dst and adds the columns of scores. Every column passes unchanged and
// in its order, but for those of earlier scores, which are dropped. hearing is told of each invalid cell and of each row that is left
// out because it cannot be read; its error ends the work. A file that cannot be read gives a *csvfile.SyntaxError or an
// *answerfile.HeaderError; what was written by then must not be used.
func ScoreFile(in *instrument.Instrument, src io.Reader, dst io.Writer, hearing answerfile.Hearing) (Scored, error) {
	columns := NewScoreColumns(in)
	answers, err := answerfile.Open(in, src, columns.Names(), hearing)
	if err != nil {
		return Scored{}, err
	}
	s := &rescorer{answers: answers, dst: dst, scorer: scoring.NewScorer(in), scores: columns.Between(answers.CSV().Separator())}
	if err := s.writeHeading(); err != nil {
		return s.scored(), err
	}
	for {
		if err := answers.Next(); errors.Is(err, io.EOF) {
			return s.scored(), nil
		} else if err != nil {
			return s.scored(), err
		}
		if err := s.row(); err != nil {
			return s.scored(), err
		}
	}
}

// rescorer is one run of ScoreFile.
type rescorer struct {
	answers *answerfile.Reader
	dst     io.Writer
	scorer  *scoring.Scorer
	scores  *ScoreColumns
	result  scoring.Result
	line    []byte
	noGroup int // persons
}

func (s *rescorer) scored() Scored { return Scored{Report: s.answers.Report(), NoNormGroup: s.noGroup} }

func (s *rescorer) writeHeading() error {
	csv := s.answers.CSV()
	s.line = s.line[:0]
	if csv.HasBOM() {
		s.line = append(s.line, csvfile.BOM...)
	}
	s.line = append(s.line, csv.SeparatorLine()...)
	s.line = s.appendKept(s.line)
	for _, name := range s.scores.Names() {
		s.line = append(s.line, csv.Separator())
		s.line = csvfile.AppendFieldFor(s.line, csvfile.Defuse(name), csv.Separator())
	}
	return s.end()
}

// appendKept appends the columns that pass through, as they stand in the file.
func (s *rescorer) appendKept(dst []byte) []byte {
	csv := s.answers.CSV()
	for i, from := range s.answers.Kept() {
		if i > 0 {
			dst = append(dst, csv.Separator())
		}
		dst = append(dst, csv.Raw(from)...)
	}
	return dst
}

func (s *rescorer) end() error {
	if s.answers.CRLF() {
		s.line = append(s.line, '\r')
	}
	s.line = append(s.line, '\n')
	if _, err := s.dst.Write(s.line); err != nil {
		return fmt.Errorf("write scores: %w", err)
	}
	return nil
}

func (s *rescorer) row() error {
	s.scorer.ScoreInto(&s.result, s.answers.Answers(), s.answers.Respondent())
	if slices.ContainsFunc(s.result.Scores, func(score scoring.Score) bool { return score.Norm.Reason == scoring.NoNormGroup }) {
		s.noGroup++
	}
	s.line = s.scores.Append(s.appendKept(s.line[:0]), &s.result)
	return s.end()
}
