using System.Text.Json;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Features.Data;

namespace DeployHub.UnitTests.Data;

/// <summary>Arrays in the database that are read when somebody looks: nothing that changes may be missed, nothing that does not may be written.</summary>
public sealed class ReadingStoredItems
{
    private static readonly string Text = JsonSerializer.Serialize<IReadOnlyList<StepRun>>([Step(1), Step(2)], Json.Options);

    [Fact]
    public void What_nobody_looked_at_is_not_read()
    {
        var unreadable = new StoredItems<StepRun>("no JSON at all");

        StoredItems<StepRun>.AreEqual(unreadable, StoredItems<StepRun>.Snapshot(unreadable)).ShouldBeTrue();
        StoredItems<StepRun>.TextOf(unreadable).ShouldBe("no JSON at all");
        Should.Throw<JsonException>(() => unreadable.Count);
    }

    [Fact]
    public void What_was_looked_at_and_not_changed_is_not_written()
    {
        var (items, then) = Loaded();

        items.Select(step => step.Number).ShouldBe([1, 2]);

        StoredItems<StepRun>.AreEqual(items, then).ShouldBeTrue();
        StoredItems<StepRun>.TextOf(items).ShouldBe(Text);
    }

    public static TheoryData<Action<StepRun>> Changes => new(
        step => step.Status = StepStatus.Succeeded, step => step.Attempts = [new Attempt(1, default, "w")], step => step.Ticket = "4711", step => step.DueAt = DateTimeOffset.UnixEpoch,
        step => step.HumanRetries++, step => step.IsPrepared = true, step => step.WhyNot = "no", step => step.Filled = new RunSsh("false"), step => step.Reported = ReportStatus.Running);

    [Theory]
    [MemberData(nameof(Changes))]
    public void Any_change_shows_once_and_is_written_whole(Action<StepRun> change)
    {
        var (items, then) = Loaded();
        change(items[1]);

        StoredItems<StepRun>.AreEqual(items, then).ShouldBeFalse();
        var written = StoredItems<StepRun>.TextOf(items);
        written.ShouldBe(JsonSerializer.Serialize<IReadOnlyList<StepRun>>([.. items], Json.Options));
        written.ShouldNotBe(Text);

        var saved = StoredItems<StepRun>.Snapshot(items);
        StoredItems<StepRun>.AreEqual(items, saved).ShouldBeTrue();
        items[0].Ticket = "later";
        StoredItems<StepRun>.AreEqual(items, saved).ShouldBeFalse();
    }

    [Fact]
    public void A_list_made_in_memory_is_compared_like_one_that_was_loaded()
    {
        IReadOnlyList<StepRun> items = [Step(1)];
        var then = StoredItems<StepRun>.Snapshot(items);

        StoredItems<StepRun>.AreEqual(items, then).ShouldBeTrue();
        items[0].Status = StepStatus.Running;
        StoredItems<StepRun>.AreEqual(items, then).ShouldBeFalse();
        StoredItems<StepRun>.AreEqual([.. items, Step(2)], items).ShouldBeFalse();
    }

    private static (IReadOnlyList<StepRun> Items, IReadOnlyList<StepRun> Then) Loaded()
    {
        var items = new StoredItems<StepRun>(Text);
        return (items, StoredItems<StepRun>.Snapshot(items));
    }

    private static StepRun Step(int number) => new() { Number = number, Name = $"Step {number}", Expanded = new RunSsh("true") };
}
