package staff

import "slices"

// Sees says whether an account may see the completion of a group.
func (a Account) Sees(site, group string) bool {
	switch a.Role {
	case Administrator, Researcher:
		return true
	case School:
		return slices.Contains(a.Sites, site)
	case Teacher:
		return slices.Contains(a.Sites, site) && slices.Contains(a.Groups, group)
	}
	return false
}

// MayDownload says whether an account may download what single students answered. School staff may not: in a class of
// fifteen, grade and language name a student without the name, and students are told that their school sees only who is done.
func (a Account) MayDownload() bool { return a.Role == Administrator || a.Role == Researcher }

// SeesAll says whether an account sees every site.
func (a Account) SeesAll() bool { return a.Role == Administrator || a.Role == Researcher }
