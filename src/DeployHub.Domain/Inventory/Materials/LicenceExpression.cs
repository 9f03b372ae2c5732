namespace DeployHub.Domain.Inventory.Materials;

/// <summary>Under which licences something may be used, as SPDX writes it: <c>MIT OR (GPL-2.0-only WITH Classpath-exception-2.0 AND BSD-3-Clause)</c>.</summary>
public abstract record LicenceExpression
{
    private LicenceExpression() { }

    /// <summary>Refused with <c>licence.malformed</c>.</summary>
    public static Result<LicenceExpression> Parse(string text) => new LicenceReader(text).Read();

    /// <summary>Whether it can be used when these licences can: all of an AND, one of an OR.</summary>
    public bool IsMet(Func<Single, bool> isFine) => this switch
    {
        Single single => isFine(single),
        All all => all.Parts.All(part => part.IsMet(isFine)),
        Choice choice => choice.Parts.Any(part => part.IsMet(isFine)),
        _ => false,
    };

    public IEnumerable<Single> Licences => this switch
    {
        Single single => [single],
        All all => all.Parts.SelectMany(part => part.Licences),
        Choice choice => choice.Parts.SelectMany(part => part.Licences),
        _ => [],
    };

    /// <param name="Id">Of SPDX's list, or a <c>LicenseRef-</c>, as written.</param>
    /// <param name="OrLater">Written with a +.</param>
    /// <param name="Exception">What follows WITH; null without.</param>
    public sealed record Single(string Id, bool OrLater = false, string? Exception = null) : LicenceExpression
    {
        /// <summary>One spelling for one meaning: <c>GPL-2.0</c> for <c>GPL-2.0-only</c>, <c>GPL-2.0+</c> for <c>GPL-2.0-or-later</c>.</summary>
        public string Plain => OrLater ? $"{PlainOf(Id).TrimEnd('+')}+" : PlainOf(Id);

        public override string ToString() => $"{Id}{(OrLater ? "+" : "")}{(Exception is null ? "" : $" WITH {Exception}")}";

        internal static string PlainOf(string id) =>
            id.EndsWith("-only", StringComparison.OrdinalIgnoreCase) ? id[..^"-only".Length]
            : id.EndsWith("-or-later", StringComparison.OrdinalIgnoreCase) ? $"{id[..^"-or-later".Length]}+"
            : id;
    }

    public sealed record All(IReadOnlyList<LicenceExpression> Parts) : LicenceExpression
    {
        public override string ToString() => string.Join(" AND ", Parts.Select(part => part is Choice ? $"({part})" : $"{part}"));
    }

    public sealed record Choice(IReadOnlyList<LicenceExpression> Parts) : LicenceExpression
    {
        public override string ToString() => string.Join(" OR ", Parts);
    }
}
