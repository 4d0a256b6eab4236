package config

import "strings"

// RedactURI returns uri fit to be shown: user, hosts and database stay, the password and every option's value go,
// because options too can hold secrets. It errs on the side of hiding: of a malformed URI it hides everything between
// the first colon after the scheme and the last @.
func RedactURI(uri string) string {
	scheme, rest, found := strings.Cut(uri, "://")
	if found {
		scheme += "://"
	} else {
		scheme, rest = "", uri
	}
	if at := strings.LastIndex(rest, "@"); at >= 0 {
		user, _, hasPassword := strings.Cut(rest[:at], ":")
		if hasPassword {
			user += ":xxxxx"
		}
		return scheme + user + hideOptions(rest[at:])
	}
	return scheme + hideOptions(rest)
}

func hideOptions(text string) string {
	if before, _, found := strings.Cut(text, "?"); found {
		return before + "?xxxxx"
	}
	return text
}

// validMongoDBURI sees to it that scheme and hosts are there and that a password cannot have been torn apart by an
// unescaped character. Options are the driver's to judge.
func validMongoDBURI(uri string) bool {
	rest, found := strings.CutPrefix(uri, "mongodb://")
	if !found {
		rest, found = strings.CutPrefix(uri, "mongodb+srv://")
	}
	if !found {
		return false
	}
	authority, _, _ := strings.Cut(rest, "?")
	authority, path, _ := strings.Cut(authority, "/")
	if strings.Contains(path, "@") || strings.Count(authority, "@") > 1 {
		return false
	}
	hosts := authority
	if credentials, after, found := strings.Cut(authority, "@"); found {
		if credentials == "" || strings.HasPrefix(credentials, ":") || strings.Count(credentials, ":") > 1 {
			return false
		}
		hosts = after
	}
	for host := range strings.SplitSeq(hosts, ",") {
		if host == "" || strings.HasPrefix(host, ":") {
			return false
		}
	}
	return true
}
