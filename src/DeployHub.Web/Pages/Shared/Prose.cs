using System.Text.RegularExpressions;

namespace DeployHub.Web.Pages.Shared;

/// <summary>Text that people wrote in lines of a document's width, made to flow at the width of the page.</summary>
internal static partial class Prose
{
    /// <summary>Joins the lines of a paragraph; empty lines and lists stay as they are.</summary>
    public static string Flowing(string text) => BrokenLine().Replace(text.Trim().ReplaceLineEndings("\n"), " ");

    [GeneratedRegex(@"(?<!\n)[ \t]*\n(?!\s*(\n|[-*•] |\d+[.)] ))[ \t]*")]
    private static partial Regex BrokenLine();
}
