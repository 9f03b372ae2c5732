using System.Text;
using DeployHub.Cli.Models;

namespace DeployHub.UnitTests.Cli;

public sealed class TellingFindings
{
    [Theory]
    [InlineData("Error", "error")]
    [InlineData("Warning", "warning")]
    [InlineData("Hint", "note")]
    public void A_remark_reads_like_a_compilers(string severity, string word) =>
        new Remark("A-V8", "stages", 12, 5, severity, "Say how.").In("models/rolling.yaml").ShouldBe($"models/rolling.yaml:12:5: {word}: Say how. [A-V8]");

    [Fact]
    public void Bytes_that_are_no_text_have_their_place()
    {
        var document = new Document("rolling.yaml", [.. Encoding.UTF8.GetBytes("model: a\r\nname: “ä” "), 0xFF, (byte)'x']);

        document.Fault!.In(document.Name).ShouldStartWith("rolling.yaml:2:11: error: ");
        new Document("rolling.yaml", [0xEF, 0xBB, 0xBF, (byte)'a']).Fault.ShouldBeNull();
        new Document("rolling.yaml", [0xFF, 0xFE]).Fault!.Line.ShouldBe(1);
    }

    [Fact]
    public void Differences_stand_below_their_part()
    {
        DiffModels.Change[] changes =
        [
            new(new DiffModels.Place("Parameters"), "Changed", "batch size 20 → 10", null),
            new(new DiffModels.Place("VerifyEnvironment"), "Added", "new check “Reach”", "Reaches each target."),
            new(new DiffModels.Place("VerifyEnvironment"), "Removed", "“Disk” is gone", null),
            new(new DiffModels.Place("Execute"), "Moved", "“Install” comes first", ""),
        ];

        DiffModels.Lines(changes).ShouldBe(
        [
            "Parameters", "  ~ batch size 20 → 10",
            "Verify environment", "  + new check “Reach”", "      Reaches each target.", "  - “Disk” is gone",
            "Execute", "  > “Install” comes first",
        ]);
        DiffModels.Lines([]).ShouldBe(["Both say the same."]);
    }

    [Fact]
    public void Columns_are_as_wide_as_their_longest_word()
    {
        Columns.Of([["SLUG", "NAME"], ["rolling-web", "R"], ["a", "Long name"]]).ShouldBe(["SLUG         NAME", "rolling-web  R", "a            Long name"]);
        Columns.Of([]).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(40, "40 s")]
    [InlineData(720, "12 min")]
    [InlineData(9000, "2 h 30 min")]
    public void Times_are_words(int seconds, string words) => InWords.Of(TimeSpan.FromSeconds(seconds)).ShouldBe(words);

    [Fact]
    public void A_simulation_is_told_from_its_summary_to_the_steps_of_one_target()
    {
        var simulated = new Simulated(
            "web 1.1.0 would go to 2 targets.", ["a peer"], [new(false, "Waiting for approval."), new(true, "On demand.")], ["No worker is there."],
            [new("Execute", "all", 2, 100, TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(30))], [new(1, "web-1", "all", false), new(2, "web-2", "all", true)],
            [
                new("VerifyComponents", "web@1.1.0", [new(1, "Compare", "Compares it.", null, null)]),
                new("Execute", "web-1", [new(1, "Install", "Installs it.", "a == b", null), new(2, "Clean up", "Cleans up.", null, false)]),
                new("Execute", "web-2", [new(1, "Install", "Not told.", null, null)]),
            ],
            new(TimeSpan.Zero, TimeSpan.FromMinutes(10), "1 step never measured."));

        simulated.Lines(stepsOn: null).ShouldBe(
        [
            "web 1.1.0 would go to 2 targets.", "Up to 10 min: 1 step never measured.", "In its way: No worker is there.",
            "", "Before it starts", "  closed  Waiting for approval.", "  open    On demand.", "  to be approved by a peer",
            "", "Phases", "  Execute  all  2 subjects  100 %  observed for 5 min  at most 30 s",
            "", "Targets", "  1  web-1  all", "  2  web-2  all  has every version already",
            "", "Verify components · web@1.1.0", "  1. Compare: Compares it.",
            "", "Execute · web-1", "  1. Install: Installs it. (only when a == b)", "  2. Clean up: Cleans up. (not done)",
        ]);
    }
}
