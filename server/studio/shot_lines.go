package studio

import (
	"context"
	"slices"
)

// maxLinks bounds the lines of one shot; more is the whole scene.
const maxLinks = 1000

// LinkLines links a shot to lines of its scene by their ids, replacing what it was linked to; none: the whole scene.
func (s *Studio) LinkLines(ctx context.Context, by Actor, shotID string, lines []string) (Shot, error) {
	var out Shot
	err := s.update(ctx, by, func(c *change) error {
		x, err := s.liveShot(c.tx, by, shotID, EditShots)
		if err != nil {
			return err
		}
		scene, err := found(s.r.scenes.Get(c.tx, x.SceneID))("scene")
		if err != nil {
			return err
		}
		links, err := linksOf(scene, lines)
		if err != nil {
			return err
		}
		if slices.Equal(links, x.Lines) {
			out = *x
			return nil
		}
		x.Lines = links
		if err := c.putShot(x); err != nil {
			return err
		}
		out = *x
		return c.note(event{Verb: "shot.linked", Kind: "shot", Object: x.ID, TitleID: x.TitleID, ShotID: x.ID, Params: map[string]string{"label": x.Label}})
	})
	return out, err
}

// linksOf checks ids of a scene's lines and gives them once each, in the order of the scene.
func linksOf(scene *Scene, ids []string) ([]string, error) {
	if len(ids) > maxLinks {
		return nil, wrong("lines", "一个镜头最多关联 1000 行", "a shot is linked to at most 1,000 lines")
	}
	wanted := map[string]bool{}
	for _, id := range ids {
		wanted[id] = true
	}
	out := []string{}
	for _, id := range scene.LineIDs {
		if wanted[id] {
			out = append(out, id)
			delete(wanted, id)
		}
	}
	if len(wanted) > 0 {
		return nil, wrong("lines", "关联的行已不在这一场里，请刷新后重新选择", "a linked line is not in this scene; look again and choose anew")
	}
	return out, nil
}
