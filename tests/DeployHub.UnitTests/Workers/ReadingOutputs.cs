using DeployHub.Domain.Runs;
using DeployHub.Worker;
using DeployHub.Worker.Ssh;
using DeployHub.Worker.Steps;

namespace DeployHub.UnitTests.Workers;

/// <summary>What a program writes into its output file, and where a value stands in an answer.</summary>
public sealed class ReadingOutputs
{
    [Fact]
    public void Lines_and_blocks_are_values_and_the_last_word_counts() =>
        SaidOutputs.In("a=1\nb=x=y z \n\nc<<END\none\n  two=2\nEND\r\na=2\nempty=\n", StepOutcome.Succeeded.Plain).Outputs
            .ShouldBe(new Dictionary<string, string> { ["a"] = "2", ["b"] = "x=y z ", ["c"] = "one\n  two=2", ["empty"] = "" }, ignoreOrder: true);

    [Theory]
    [InlineData("fine=1\nno value", "Line 2 of what it wrote into $DEPLOYHUB_OUTPUT is not written name=value.")]
    [InlineData("a b=1", "Line 1 of what it wrote")]
    [InlineData("=1", "Line 1 of what it wrote")]
    [InlineData("a<<END\nx", "The value of a in $DEPLOYHUB_OUTPUT has no end: the line END is missing.")]
    public void What_cannot_be_read_fails_a_step_without_showing_what_it_wrote(string file, string sentence)
    {
        SaidOutputs.In(file, StepOutcome.Succeeded.Plain).ShouldBeOfType<StepOutcome.Failed>().Reason.ShouldStartWith(sentence);
        SaidOutputs.In(file, new StepOutcome.Failed("It broke.")).ShouldBe(new StepOutcome.Failed("It broke."));
    }

    [Fact]
    public void A_file_without_end_is_not_read() =>
        SaidOutputs.In(new string('x', SaidOutputs.LargestFile + 1), StepOutcome.Succeeded.Plain).ShouldBeOfType<StepOutcome.Failed>().Reason.ShouldBe("What it wrote into $DEPLOYHUB_OUTPUT is longer than 64 KiB.");

    [Fact]
    public void Outputs_that_are_too_many_or_lost_fail_a_step_that_succeeded_and_leave_a_failed_one_its_reason()
    {
        var failed = new StepOutcome.Failed("It broke.", HaltCause.CredentialInvalid);
        var lost = HostRefusedException.Unreachable("The host is away.");

        StepVisit.WithoutOutputs(StepOutcome.Succeeded.Plain, "Too many.").ShouldBe(new StepOutcome.Failed("Too many."));
        StepVisit.WithoutOutputs(failed with { Outputs = new Dictionary<string, string> { ["a"] = "1" } }, "Too many.").ShouldBe(failed);
        RemoteOutputFile.Unread(StepOutcome.Succeeded.Plain, lost).ShouldBeOfType<StepOutcome.Failed>().Cause.ShouldBe(HaltCause.TargetUnreachable);
        RemoteOutputFile.Unread(failed, lost).ShouldBe(failed);
    }

    [Theory]
    [InlineData("/order/id", "4711")]
    [InlineData("/order/lines/1", "b")]
    [InlineData("/order/lines", "[\"a\", \"b\"]")]
    [InlineData("/a~1b/c~0d", "true")]
    [InlineData("/order/lines/2", null)]
    [InlineData("/order/none", null)]
    [InlineData("/null", null)]
    public void A_pointer_finds_one_value(string pointer, string? value) =>
        JsonPointer.Find("""{ "order": { "id": 4711, "lines": ["a", "b"] }, "a/b": { "c~d": true }, "null": null }""", pointer).ShouldBe(value);

    [Fact]
    public void What_is_no_json_says_nothing() => JsonPointer.Find("<html>", "/x").ShouldBeNull();
}
