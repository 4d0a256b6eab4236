package diag

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// What GitHub's workflow commands need escaped in the message, and in the values of properties.
var (
	githubData     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	githubProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

// WriteGitHub writes each diagnostic of a list as a workflow command of GitHub Actions, which shows it beside its line in a
// pull request. path gives the file that GitHub knows by a diagnostic's: relative to the root of the repository, with
// slashes.
//
// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
func WriteGitHub(w io.Writer, list []Diagnostic, path func(file string) string) error {
	out := bufio.NewWriter(w)
	for _, d := range list {
		message := d.Message
		if d.Hint != "" {
			message += "; " + d.Hint
		}
		fmt.Fprintf(out, "::%s file=%s,line=%d,endLine=%d,col=%d,endColumn=%d,title=%s::%s\n", d.Severity, githubProperty.Replace(path(d.File)),
			d.Line, d.Line, d.Column, d.Column+max(d.Length, 1)-1, githubProperty.Replace(d.Code), githubData.Replace(message))
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write annotations: %w", err)
	}
	return nil
}
