using DeployHub.Domain.Deployments;
using DeployHub.Domain.Notifications;
using DeployHub.Domain.Runs;
using static DeployHub.UnitTests.Deployments.AlignmentGiven;

namespace DeployHub.UnitTests.Notifications;

/// <summary>What asks a person for something is not sent once nobody is asked any more; what only says what was, is.</summary>
public sealed class LeavingOldNews
{
    [Fact]
    public void Who_is_to_approve_is_asked_while_an_approval_is_missing()
    {
        var deployment = Asked();
        OldNews.Because("deployment.submitted", deployment, Now).ShouldBeNull();

        Approved(deployment);
        OldNews.Because("deployment.submitted", deployment, Now).ShouldBe("nobody is asked for that any more");
    }

    [Fact]
    public void Who_is_to_talk_to_a_partner_is_asked_while_the_partner_is_silent()
    {
        var deployment = Asked();
        OldNews.Because(EventTypes.AlignmentReminder, deployment, Now).ShouldBeNull();
        OldNews.Because("alignment.objected", deployment, Now).ShouldBe("nobody objects any more");

        Answer(deployment, Yes).Error.ShouldBeNull();
        OldNews.Because(EventTypes.AlignmentReminder, deployment, Now).ShouldNotBeNull();
    }

    [Fact]
    public void What_starts_within_the_hour_is_no_news_once_it_should_have_started()
    {
        var deployment = Approved(Asked());
        Answer(deployment, Yes).Error.ShouldBeNull();
        deployment.Status.ShouldBe(DeploymentStatus.Scheduled);

        OldNews.Because(EventTypes.DeploymentStarting, deployment, AtSix.Start.AddMinutes(-30)).ShouldBeNull();
        OldNews.Because(EventTypes.DeploymentStarting, deployment, AtSix.Start).ShouldNotBeNull();
    }

    [Fact]
    public void What_was_is_news_however_late()
    {
        var deployment = Asked();
        deployment.Cancel("Not needed", Mia, Now).Error.ShouldBeNull();

        OldNews.Because(EventTypes.DeploymentCancelled, deployment, Now.AddDays(3)).ShouldBeNull();
        OldNews.Because("deployment.slot_missed", deployment, Now.AddDays(3)).ShouldBe("it is not planned any more");
    }

    [Theory]
    [InlineData(EventTypes.RunHalted, RunStatus.Halted, true)]
    [InlineData(EventTypes.RunHalted, RunStatus.Running, false)]
    [InlineData(EventTypes.RunWaiting, RunStatus.Waiting, true)]
    [InlineData(EventTypes.RunWaiting, RunStatus.Succeeded, false)]
    [InlineData("run.rolled_back", RunStatus.RolledBack, true)]
    [InlineData("run.succeeded", RunStatus.Succeeded, true)]
    public void A_run_that_goes_on_asks_nobody(string type, RunStatus status, bool isNews) => (OldNews.Because(type, status) is null).ShouldBe(isNews);
}
