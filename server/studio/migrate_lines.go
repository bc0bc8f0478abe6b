package studio

import "chouka/store"

// migrateLines gives the lines of scenes their ids, scenes the episode of their labels, and shots and scenes their empty lists.
func migrateLines(tx store.Txn, r records) error {
	err := store.Rewrite(tx, r.scenes, r.scenes, func(x *Scene) (*Scene, error) {
		for len(x.LineIDs) < len(x.Lines) {
			x.LineIDs = append(x.LineIDs, newID())
		}
		for _, list := range []*[]string{&x.LineIDs, &x.Elements, &x.Added, &x.Dropped} {
			if *list == nil {
				*list = []string{}
			}
		}
		if x.Speeches == nil {
			x.Speeches = []int64{}
		}
		if x.CodeEpisode == 0 {
			x.CodeEpisode = x.Episode
		}
		return x, nil
	})
	if err != nil {
		return err
	}
	return store.Rewrite(tx, r.shots, r.shots, func(x *Shot) (*Shot, error) {
		if x.Lines == nil {
			x.Lines = []string{}
		}
		if x.Cast == nil {
			x.Cast = []string{}
		}
		return x, nil
	})
}
