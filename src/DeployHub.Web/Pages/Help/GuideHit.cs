namespace DeployHub.Web.Pages.Help;

/// <summary>A section of a guide in which everything that was looked for is found.</summary>
/// <param name="Excerpt">The words around the first place, when it is in the text.</param>
public sealed record GuideHit(Guide Guide, GuideSection Section, string Excerpt)
{
    public string Address => Section.Anchor.Length == 0 ? Guide.Address : $"{Guide.Address}#{Section.Anchor}";
}
