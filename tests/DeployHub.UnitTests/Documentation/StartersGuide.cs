using System.Text;
using DeployHub.Domain;
using DeployHub.Features.Models;
using DeployHub.UnitTests.Models;

namespace DeployHub.UnitTests.Documentation;

/// <summary>The tables of <c>docs/guide/starters.md</c> say what the heads of the starters say.</summary>
public sealed class StartersGuide
{
    private const string Begin = "<!-- What follows is written from the starters. -->\n";

    [Fact]
    public void The_documented_starters_are_those_that_ship()
    {
        var kept = Path.Combine(Written.Root, "docs", "guide", "starters.md");
        var text = File.ReadAllText(kept).ReplaceLineEndings("\n");
        var written = text[..(text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length)] + Tables();
        if (System.Environment.GetEnvironmentVariable("DEPLOYHUB_WRITE_DOCS") is not null) File.WriteAllText(kept, written);

        File.ReadAllText(kept).ReplaceLineEndings("\n").ShouldBe(written, "Set DEPLOYHUB_WRITE_DOCS to write it anew.");
    }

    private static string Tables()
    {
        var text = new StringBuilder("\n## Which one\n\n| starter | approach, kinds | use it when | avoid it when |\n| --- | --- | --- | --- |\n");
        foreach (var starter in Starters.All)
            text.Append($"| [{starter.Name}](#{starter.Slug}) | {Words.Title(starter.Approach)}, {Words.List(starter.Kinds.Select(kind => Words.Of(kind)))} ")
                .Append($"| {starter.UseWhen} | {starter.AvoidWhen} |\n");
        text.Append("\n## What each needs\n");
        foreach (var starter in Starters.All)
            text.Append($"\n### {starter.Slug}\n\n{starter.Purpose}\n\n{string.Concat(starter.Needs.Select(need => $"- {need}\n"))}");
        return text.ToString();
    }
}
