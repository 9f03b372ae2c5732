using DeployHub.Domain.Audit;
using DeployHub.Domain.Deployments;

namespace DeployHub.UnitTests.Audit;

/// <summary>What a check found is kept, and what mended it stands beside it.</summary>
public sealed class RaisingControlExceptions
{
    private static readonly DateTimeOffset Since = new(2026, 12, 8, 0, 0, 0, TimeSpan.Zero), At = Since.AddMinutes(40);

    [Fact]
    public void Looking_again_changes_nothing_until_something_mends_it_and_then_never_again()
    {
        var raised = Raise(new Breach(Since, "It was due."));
        raised.Follow(new Breach(Since, "It was due."), At.AddHours(1));
        (raised.Number, raised.IsOpen, raised.Since, raised.RaisedAt).ShouldBe(("CTL-2026-000001", true, Since, At));

        raised.Follow(new Breach(Since, "It was due.", new Mending(Since.AddDays(1), "Ana approved afterwards.")), At.AddDays(2));
        raised.Follow(null, At.AddDays(3));
        (raised.IsOpen, raised.MendedAt, raised.Mending, raised.Sentence).ShouldBe((false, Since.AddDays(1), "Ana approved afterwards.", "It was due."));
    }

    [Fact]
    public void What_was_mended_before_anybody_looked_is_an_exception_all_the_same() =>
        Raise(new Breach(Since, "It was due.", new Mending(Since.AddMinutes(5), "Ana approved afterwards."))).IsOpen.ShouldBeFalse();

    [Fact]
    public void What_is_not_found_any_more_is_mended_now()
    {
        var raised = Raise(new Breach(Since, "2 of 10 were emergencies."));
        raised.Follow(null, At.AddDays(1));
        (raised.MendedAt, raised.Mending).ShouldBe((At.AddDays(1), "The check finds nothing any more."));
    }

    [Fact]
    public void Checks_are_called_as_auditors_call_them()
    {
        Enum.GetValues<ControlCheck>().Select(check => check.Id()).ShouldBe(["CC-5", "CC-6", "CC-9", "CC-14"]);
        Enum.GetValues<ControlCheck>().ShouldAllBe(check => ControlChecks.Read(check.Id().ToLowerInvariant()).Value == check && check.Expects().EndsWith('.'));
        ControlChecks.Read("CC-99").Error!.Message.ShouldBe("There is no control check “CC-99” here. Say one of CC-5, CC-6, CC-9 and CC-14.");
    }

    private static ControlException Raise(Breach found) => ControlException.Raise("CTL-2026-000001", ControlCheck.EmergencyPath, DeploymentId.New(), found, At);
}
