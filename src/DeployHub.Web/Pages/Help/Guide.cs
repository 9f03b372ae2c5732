namespace DeployHub.Web.Pages.Help;

/// <summary>A guide that ships, as its page shows it.</summary>
/// <param name="Name">Names it in addresses, as its file is called.</param>
/// <param name="Html">Everything below its title.</param>
public sealed record Guide(string Name, string Title, string Html, IReadOnlyList<GuideSection> Sections)
{
    public string Address => AddressOf(Name);

    /// <summary>Where a guide is read, whether or not there is one of that name.</summary>
    public static string AddressOf(string name) => name == Guides.Overview ? "/help" : $"/help/{name}";
}

/// <summary>What stands below one heading, up to the next.</summary>
/// <param name="Anchor">Empty for what stands before the first heading.</param>
/// <param name="Level">2 for the headings below the title.</param>
/// <param name="Text">Without any markup, to be searched.</param>
public sealed record GuideSection(string Heading, string Anchor, int Level, string Text);
