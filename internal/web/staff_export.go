package web

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"surveyd/internal/export"
	"surveyd/internal/fault"
	"surveyd/internal/fieldwork"
	"surveyd/internal/staff"
)

// isExport tells the address of a download, which may take longer than a page.
func isExport(address []byte) bool {
	return bytes.HasPrefix(address, []byte("/staff/administrations/"))
}

// export sends an administration's answers as a file, row by row. The audit log knows of it before the first byte leaves.
func (s *Server) export(c *fiber.Ctx) error {
	account, err := s.account(c)
	if err != nil {
		return err
	}
	format := export.Format(c.Query("format"))
	if !slices.Contains(export.Formats(), format) {
		return fmt.Errorf("export format: %w", fault.ErrNotFound)
	}
	a, err := s.fieldwork.Administration(c.UserContext(), fieldwork.AdministrationID(c.Params("id")))
	if err != nil {
		return err
	}
	if !account.MayDownload() {
		refused := staff.Event{Who: account.ID, Action: "export.refused", Object: string(a.ID), Detail: string(format)}
		if err := s.staff.Audit(c.UserContext(), refused); err != nil {
			return err
		}
		return errForbidden
	}
	event := staff.Event{Who: account.ID, Action: "export.answers", Object: string(a.ID), Detail: string(format) + ", " + scope(account)}
	if err := s.staff.Audit(c.UserContext(), event); err != nil {
		return err
	}
	file := s.stream(requestID(c), a.ID, format, account)
	// Most of what can go wrong does so before the first row: then there is a page that says so instead of half a file.
	if _, err := file.Peek(1); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	c.Set(fiber.HeaderContentType, "text/csv; charset=utf-8")
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="`+fileName(a.ID, format)+`"`)
	c.Response().SetBodyStream(file, -1)
	return nil
}

func scope(account staff.Account) string {
	if account.SeesAll() {
		return "all sites"
	}
	return "sites: " + strings.Join(account.Sites, ", ")
}

// fileName is safe in a header and on every file system.
func fileName(id fieldwork.AdministrationID, format export.Format) string {
	name := strings.Map(func(r rune) rune {
		if r == '-' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
			return r
		}
		return '_'
	}, string(id))
	return name + "-" + strings.TrimPrefix(string(format), "csv-") + ".csv"
}

// download is a file that is being written. Closing it tells its writer that nobody reads any more.
type download struct {
	*bufio.Reader
	pipe *io.PipeReader
}

func (d download) Close() error { return d.pipe.Close() }

// stream begins to write a file. Reading it gives the writer's error, on which the connection is cut without the mark that
// ends a body: a file that is not whole never looks whole.
func (s *Server) stream(request string, id fieldwork.AdministrationID, format export.Format, account staff.Account) download {
	reader, writer := io.Pipe()
	sees := func(site fieldwork.SiteID, group fieldwork.GroupID) bool {
		return account.Sees(string(site), string(group))
	}
	go func() {
		ctx, cancel := context.WithTimeout(s.life, exportTime)
		defer cancel()
		rows, err := s.write(ctx, writer, id, format, sees)
		attrs := []slog.Attr{slog.String("request", request), slog.String("administration", string(id)), slog.String("format", string(format)), slog.Int("rows", rows)}
		if err != nil {
			s.log.LogAttrs(ctx, slog.LevelError, "export broke off", append(attrs, slog.String("error", err.Error()))...)
		} else {
			s.log.LogAttrs(ctx, slog.LevelInfo, "exported", attrs...)
		}
		// Never fails. Without an error it is the end of the file.
		_ = writer.CloseWithError(err)
	}()
	return download{Reader: bufio.NewReaderSize(reader, 64<<10), pipe: reader}
}

func (s *Server) write(ctx context.Context, w io.Writer, id fieldwork.AdministrationID, format export.Format, sees export.Sees) (rows int, err error) {
	defer func() {
		if v := recover(); v != nil {
			err = asPanic(v)
		}
	}()
	// Excel takes a file without a byte order mark for another encoding; a browser's download is what Excel opens.
	return export.Administration(ctx, s.fieldwork, id, format, sees, export.Options{BOM: true}, w)
}
