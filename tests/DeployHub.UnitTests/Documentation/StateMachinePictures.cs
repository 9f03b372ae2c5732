using System.Runtime.CompilerServices;
using System.Text;
using DeployHub.Domain;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Aligning;
using DeployHub.Domain.Deployments.Calendar;
using DeployHub.Domain.Deployments.Campaigns;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Blocks;
using DeployHub.Domain.Models.Communicating;
using DeployHub.Domain.Models.Improving;
using DeployHub.Domain.Models.Reviewing;
using DeployHub.Domain.Runs;
using DeployHub.Domain.ValueStream.Incidents;

namespace DeployHub.UnitTests.Documentation;

/// <summary>The pictures of <c>docs/state-machines.md</c> are drawn from the tables the code moves by, so they cannot lie.</summary>
public sealed class StateMachinePictures
{
    [Fact]
    public void The_documented_pictures_are_those_of_the_code()
    {
        var drawn = Draw();
        if (System.Environment.GetEnvironmentVariable("DEPLOYHUB_DRAW") is "1") File.WriteAllText(Page(), drawn);

        File.ReadAllText(Page()).ReplaceLineEndings("\n").ShouldBe(drawn, "A table changed. Look whether you meant it, then draw again: DEPLOYHUB_DRAW=1 ./test.sh unit");
    }

    private static string Draw()
    {
        var page = new StringBuilder("# State machines\n\nDrawn from the transition tables by a test; guards are methods of the aggregates.\n");
        Draw(page, "Deployment", DeploymentMoves.Table);
        Draw(page, "Alignment request", AlignmentMoves.Table);
        Draw(page, "Campaign", CampaignMoves.Table);
        Draw(page, "Run", RunMoves.Run);
        Draw(page, "Stage", RunMoves.Stage);
        Draw(page, "Phase", RunMoves.Phase);
        Draw(page, "Target run", RunMoves.TargetRun);
        Draw(page, "Model version", ModelVersionMoves.Table);
        Draw(page, "Improvement", ImprovementMoves.Table);
        Draw(page, "Block version", BlockVersionMoves.Table);
        Draw(page, "Drift item", DriftMoves.Table);
        Draw(page, "Unmanaged deployment", UnmanagedMoves.Table);
        Draw(page, "Attribution of an incident", AttributionMoves.Table);
        Draw(page, "Review", ReviewMoves.Table);
        Draw(page, "Freeze", FreezeMoves.Table);
        Draw(page, "Freeze exception", FreezeExceptionMoves.Table);
        Draw(page, "Acknowledgement of a publication", AcknowledgementMoves.Table);
        return page.ToString();
    }

    private static void Draw<TStatus, TTrigger>(StringBuilder page, string name, StateTable<TStatus, TTrigger> table)
        where TStatus : struct, Enum
        where TTrigger : struct, Enum
    {
        page.Append($"\n## {name}\n\n```mermaid\nstateDiagram-v2\n    [*] --> {table.First().From}\n");
        foreach (var (from, on, to) in table) page.Append($"    {from} --> {to}: {Words.Of(on)}\n");
        foreach (var final in table.Select(move => move.To).Distinct().Where(table.IsFinal)) page.Append($"    {final} --> [*]\n");
        page.Append("```\n");
    }

    private static string Page([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(here, "..", "..", "..", "..", "docs", "state-machines.md"));
}
