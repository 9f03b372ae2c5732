namespace DeployHub.Domain.Inventory.Materials;

/// <summary>
/// Which licences may be used. An exception (WITH) only ever permits more, so what is allowed without one is allowed with it. Of an OR one has to
/// fit, of an AND all. Entries may have <c>*</c>: <c>AGPL-*</c>.
/// </summary>
/// <param name="Allowed">Only these; any when it is empty.</param>
/// <param name="Denied">Never these, unless an entry of <paramref name="Allowed"/> names the very exception.</param>
public sealed record LicencePolicy(IReadOnlyList<string> Allowed, IReadOnlyList<string> Denied)
{
    /// <summary>What is wrong with the component, and what would satisfy the rule, in a sentence; null when nothing is.</summary>
    public string? Breach(BomComponent component)
    {
        if (component.Licences.Count == 0)
            return Allowed.Count == 0 ? null : $"{component} says no licence, and only {Listed(Allowed)} may be used: have the SBOM say its licence, or replace it.";

        return component.Licences.FirstOrDefault(licence => !IsFine(licence)) is { } wrong
            ? $"{component} has the licence {Words.Beginning(wrong.Expression?.ToString() ?? wrong.Text, 200)}, {Why(wrong)}: use a version or a package under another licence."
            : null;
    }

    /// <summary>Why it cannot be told whether the component has a denied licence; null when it can.</summary>
    public string? Unclear(BomComponent component) => Denied.Count > 0 && component.Licences.FirstOrDefault(licence => licence.IsUnreadable) is { } odd
        ? $"Whether {component} has a denied licence cannot be told: “{Words.Beginning(odd.Text, 200)}” is no SPDX expression. Have the SBOM say one."
        : null;

    private string Why(BomLicence licence) => Names(licence).FirstOrDefault(IsDenied) is { } denied
        ? $"and {Words.Beginning(denied.ToString(), 100)} is denied"
        : $"and only {Listed(Allowed)} may be used";

    private bool IsFine(BomLicence licence) => licence.Expression is { } expression ? expression.IsMet(IsFine) : IsFine(Named(licence));

    private bool IsFine(LicenceExpression.Single licence) => !IsDenied(licence) && (Allowed.Count == 0 || Allowed.Any(entry => Fits(entry, licence)));

    private bool IsDenied(LicenceExpression.Single licence) =>
        Denied.Any(entry => Fits(entry, licence)) && !(licence.Exception is not null && Allowed.Any(entry => entry.Contains(" WITH ", StringComparison.OrdinalIgnoreCase) && Fits(entry, licence)));

    private static bool Fits(string entry, LicenceExpression.Single licence)
    {
        var at = entry.IndexOf(" WITH ", StringComparison.OrdinalIgnoreCase);
        var id = LicenceExpression.Single.PlainOf((at < 0 ? entry : entry[..at]).Trim());
        return (Wildcard.Matches(id, licence.Plain) || Wildcard.Matches(id, licence.Id)) && (at < 0 || (licence.Exception is { } exception && Wildcard.Matches(entry[(at + " WITH ".Length)..].Trim(), exception)));
    }

    private static IEnumerable<LicenceExpression.Single> Names(BomLicence licence) => licence.Expression?.Licences ?? [Named(licence)];

    private static LicenceExpression.Single Named(BomLicence licence) => new(licence.Text);

    private static string Listed(IReadOnlyList<string> entries) => entries.Count <= 10 ? Words.List(entries) : $"{string.Join(", ", entries.Take(10))} and {entries.Count - 10} others";
}
