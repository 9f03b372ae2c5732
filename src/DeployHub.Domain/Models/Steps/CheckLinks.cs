namespace DeployHub.Domain.Models.Steps;

/// <summary>
/// Every web address that the version's documents (text: Markdown, HTML and the like) and its content manifest name leads somewhere. Internal addresses are
/// asked only where <c>DeployHub:InternalStores</c> of the workers lists them.
/// </summary>
/// <param name="Except">Addresses that are not asked, with <c>*</c> for any characters: <c>https://intranet.example/*</c>.</param>
/// <param name="Artefact">Name of the only artefact to look at; every one of the version unless told.</param>
public sealed record CheckLinks(IReadOnlyList<string>? Except = null, string? Artefact = null) : ComponentCheck
{
    public const int Most = 200;

    public bool Asks(Uri link) => Reads(link.AbsoluteUri);

    /// <summary>It is not left out.</summary>
    public bool Reads(string link) => Except?.Any(pattern => Wildcard.Matches(pattern, link)) != true;
}
