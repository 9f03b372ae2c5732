namespace DeployHub.Features.Models.Notation.Editing;

/// <summary>How far the people who wrote a text indent, in columns.</summary>
/// <param name="Step">What belongs to a name.</param>
/// <param name="List">The dashes below a name; 0 where they stand under it.</param>
internal sealed record Indents(int Step, int List)
{
    private static readonly Indents Usual = new(2, 2);

    public static Indents Of(string text, YamlNode? root)
    {
        var (step, list) = (0, -1);
        Look(root);
        return new Indents(step > 0 ? step : Usual.Step, list >= 0 ? list : Usual.List);

        void Look(YamlNode? node)
        {
            foreach (var inside in node is YamlList items ? items.Items : []) Look(inside);
            foreach (var (key, _, value) in node is YamlMap { IsFlow: false } map ? map.Members : [])
            {
                if (value is YamlMap { IsFlow: false } && step == 0) step = Lines.ColumnOf(text, value.Start) - Lines.ColumnOf(text, key.Start);
                if (value is YamlList { IsFlow: false } && list < 0) list = Lines.ColumnOf(text, value.Start) - Lines.ColumnOf(text, key.Start);
                Look(value);
            }
        }
    }
}
