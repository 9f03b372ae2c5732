using DeployHub.Domain.Models.Validation;

namespace DeployHub.Features.Models.Notation;

/// <summary>A piece of a document with its place, the same for YAML and JSON. Lines and columns count from 1.</summary>
internal abstract record Source(int Line, int Column)
{
    /// <summary>The piece at a path such as <c>stages.execute.steps[1].timeout</c>, or the nearest one around it that was written.</summary>
    public Source Find(string path)
    {
        var found = this;
        foreach (var part in Parts(path))
        {
            if (found.Inside(part) is not { } inside) return found;
            found = inside;
        }

        return found;
    }

    /// <summary>The piece at exactly that path; null when nothing was written there.</summary>
    public Source? At(string path)
    {
        Source? found = this;
        foreach (var part in Parts(path)) found = found?.Inside(part);
        return found;
    }

    protected virtual Source? Inside(string part) => null;

    private static string[] Parts(string path) => path.Replace("[", ".[", StringComparison.Ordinal).Split('.', StringSplitOptions.RemoveEmptyEntries);

    public PlacedRemark Fault(string path, string sentence) => new("model.document", path, Line, Column, Severity.Error, sentence);
}

/// <summary>Any scalar: what it means is for the reader to say, so that <c>1.10</c> stays <c>1.10</c>.</summary>
internal sealed record SourceText(string Text, int Line, int Column) : Source(Line, Column);

/// <summary>Nothing: as good as not written.</summary>
internal sealed record SourceNull(int Line, int Column) : Source(Line, Column);

internal sealed record SourceList(IReadOnlyList<Source> Items, int Line, int Column) : Source(Line, Column)
{
    protected override Source? Inside(string part) =>
        part[0] == '[' && int.TryParse(part[1..^1], out var index) && index < Items.Count ? Items[index] : null;
}

internal sealed record SourceMap(IReadOnlyList<(SourceText Name, Source Value)> Members, int Line, int Column) : Source(Line, Column)
{
    public Source? this[string name] => Members.Where(member => member.Name.Text == name).Select(member => member.Value).FirstOrDefault();

    protected override Source? Inside(string part) => this[part];
}
