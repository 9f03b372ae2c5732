using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models;
using static DeployHub.Domain.Models.ModelVersionStatus;

namespace DeployHub.UnitTests.Models;

public sealed class ModelVersionLifecycle
{
    private static readonly Actor Dana = new("dana", "Dana"), Milo = new("milo", "Milo");
    private static readonly DateTimeOffset At = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Follows_the_specification_and_nothing_else()
    {
        string[] specified =
        [
            "Draft Edit Draft", "Tested Approve Tested", "Draft StartTesting InTest", "Draft Import Published", "InTest RecordRehearsal InTest", "InTest PassTesting Tested", "InTest Reopen Draft", "Tested Reopen Draft",
            "Tested Publish Published", "Published Supersede Deprecated", "Suspended Supersede Deprecated", "Published Suspend Suspended", "Suspended Resume Published",
            "Published Retire Retired", "Suspended Retire Retired", "Deprecated Retire Retired", "Draft Discard Discarded", "InTest Discard Discarded", "Tested Discard Discarded",
        ];

        ModelVersionMoves.Table.Select(move => $"{move.From} {move.On} {move.To}").ShouldBe(specified, ignoreOrder: true);
    }

    [Fact]
    public void Importing_publishes_and_numbers()
    {
        var model = Model.Create(Written.Content(), Dana, At);
        var first = model.Import(Written.Content(), Written.Model, "first", Dana, At);
        var second = model.Import(Written.Content() with { Name = "Smaller" }, "…", "", Milo, At);
        first.Supersede(second.Number, Milo, At).Error.ShouldBeNull();

        (first.Number, first.Status, second.Number, second.Status).ShouldBe((1, Deprecated, 2, Published));
        model.Name.ShouldBe("Smaller");
        first.History.Select(move => move.Move).ShouldBe([ModelVersionTrigger.Import, ModelVersionTrigger.Supersede]);
        second.Says(first.Content).ShouldBeFalse();
        second.Says(second.Content).ShouldBeTrue();
    }

    [Fact]
    public void A_suspended_version_is_resumed_by_somebody_else()
    {
        var version = Model.Create(Written.Content(), Dana, At).Import(Written.Content(), "", "", Dana, At);

        version.Suspend("Health checks pass too early.", Dana, At).Error.ShouldBeNull();
        version.Status.ShouldBe(Suspended);
        version.Suspend("Again.", Milo, At).Error!.Code.ShouldBe("model-version.cannot-move");

        var refusal = version.Resume("Fixed.", Dana, At).Error;
        refusal!.Code.ShouldBe("SOD-5");
        refusal.WhoCould.ShouldBe("another deployment manager");
        refusal.Kind.ShouldBe(ErrorKind.Forbidden);

        version.Resume("Fixed.", Milo, At).Error.ShouldBeNull();
        version.Status.ShouldBe(Published);
        version.History[^1].ShouldBe(new ModelVersionMove(ModelVersionTrigger.Resume, Milo, At, "Fixed."));
    }
}
