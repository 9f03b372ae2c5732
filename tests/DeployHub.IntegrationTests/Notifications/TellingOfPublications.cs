using System.Net;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Communicating;
using DeployHub.Domain.Notifications;
using DeployHub.Domain.Runs;
using DeployHub.Features.Deployments;
using DeployHub.Features.Inbox;
using DeployHub.Features.Models;
using DeployHub.Features.Models.Communicating;
using DeployHub.Features.Notifications;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Runs;

namespace DeployHub.IntegrationTests.Notifications;

/// <summary>On a hub of its own: owners of whatever service are told of a model that covers every one.</summary>
public sealed class TellingOfPublications(TestHub hub) : IClassFixture<TestHub>
{
    [Fact]
    public async Task A_publication_is_told_to_who_uses_the_model_and_acknowledged_by_people_only()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Switch", "true"), targets: 1);
        var (author, subscriber) = (await hub.PersonFor(Role.DeploymentManager), await hub.NewPerson("Subscriber", new RoleGrant(Role.Stakeholder)));
        var (planner, auditor) = (await hub.NewPerson("Planner", new RoleGrant(Role.ReleaseManager)), await hub.NewPerson("Auditor", new RoleGrant(Role.Auditor)));
        var number = (await hub.As(planner).Send(new CreateDeployment(estate.Plan("1.0.0")))).Done();
        (await hub.As(subscriber).Send(new SubscribeToModel(estate.Name))).Done();
        (await hub.As(subscriber).Send(new SubscribeToModel(estate.Name))).Done();
        (await hub.As(auditor).Send(new SubscribeToModel(estate.Name))).Done();
        await TestedAsync(estate.Name, author);
        var today = DateOnly.FromDateTime(hub.Clock.GetUtcNow().UtcDateTime);
        PublishModelVersion Publish(DateOnly by) => new(estate.Name, 2, "CHG-1", "Soaks longer.", [new PlanMigration(number, MigrationDecision.Keep)], by);
        (await hub.As(author).Send(Publish(today.AddDays(-1)))).Refused("publication.due-outside");
        (await hub.As(author).Send(Publish(today.AddDays(5)))).Done();
        await hub.PassOnAsync();

        var readers = (await hub.As(author).Send(new ShowPublicationReaders(estate.Name, 2))).Done();
        (readers.Told, readers.Asked, readers.Opened).ShouldBe((3, 2, 0));
        readers.Readers.Select(reader => (reader.Name, reader.Because, reader.Status)).ShouldBe(
            [("Auditor", ReaderReason.Subscribed, (AcknowledgementStatus?)null), ("Planner", ReaderReason.PlansWithIt, AcknowledgementStatus.Due), ("Subscriber", ReaderReason.Subscribed, AcknowledgementStatus.Due)]);
        (await NoticesAsync(auditor)).Select(notice => notice.Type).ShouldBe(["model.published"]);
        var asked = (await NoticesAsync(subscriber)).ShouldHaveSingleItem();
        (asked.Type, asked.Class).ShouldBe(("model.acknowledgement_due", NoticeClass.Actionable));
        (await hub.As(subscriber).Send(new ListInbox())).Items.Where(item => item.Kind is InboxKind.Publication).ShouldHaveSingleItem().Subject.ShouldBe($"{estate.Name} v2");

        (await hub.As(subscriber).Send(new ReadNotice(asked.Number))).Done();
        (await hub.As(author).Send(new ShowPublicationReaders(estate.Name, 2))).Done().Opened.ShouldBe(1);
        (await hub.As(Role.CiSystem).Send(new AcknowledgePublication(estate.Name, 2))).Refused("access.not-permitted");
        (await hub.As(Role.DeploymentPractitioner).Send(new AcknowledgePublication(estate.Name, 2))).Refused("publication.nothing-asked");
        using var browser = await hub.BrowserFor(subscriber);
        (await browser.Read($"/models/{estate.Name}/versions/2")).ShouldContain("You are asked to acknowledge this version");
        using var done = await browser.Submit($"/models/{estate.Name}/versions/2", "Acknowledge");
        done.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await hub.As(author).Send(new ExemptPublicationReader(estate.Name, 2, subscriber.Email, "On leave"))).Refused("publication.already-acknowledged");

        hub.Clock.Advance(TimeSpan.FromDays(3));
        await hub.RemindAsync();
        await hub.RemindAsync();
        await hub.PassOnAsync();
        (await NoticesAsync(planner)).Count(notice => notice.Type == "model.acknowledgement_due").ShouldBe(2, "it was asked and reminded once");
        hub.Clock.Advance(TimeSpan.FromDays(3));
        await hub.RemindAsync();
        (await hub.As(author).Send(new ShowPublicationReaders(estate.Name, 2))).Done().ShouldSatisfyAllConditions(shown => shown.Overdue.ShouldBe(1), shown => shown.Acknowledged.ShouldBe(1));
        (await hub.As(author).Send(new ExemptPublicationReader(estate.Name, 2, planner.Email, "On leave"))).Done();
    }

    private async Task<IReadOnlyList<ListNotices.Row>> NoticesAsync(TestPerson person) => (await hub.As(person).Send(new ListNotices(Limit: 200))).Rows;

    private async Task TestedAsync(string slug, TestPerson author)
    {
        (await hub.As(author).Send(new DraftModelVersion(slug, new ModelIntent("Less waiting")))).Done();
        var draft = (await hub.AsSystem.Send(new ShowModelVersion(slug, 2))).Done();
        (await hub.As(author).Send(new WriteModelVersion(slug, 2, draft.Yaml.Replace("Shows what a test is about.", "Another one.", StringComparison.Ordinal)))).Done();
        (await hub.As(author).Send(new StartTestingModelVersion(slug, 2))).Done();
        foreach (var required in new[] { RehearsalCase.Pass, RehearsalCase.ForcedFailure, RehearsalCase.Rollback })
            (await hub.As(Role.DeploymentPractitioner).Send(new RehearseAtTable(slug, 2, required, true, "Somebody Else", "Line by line."))).Done();
        (await hub.As(author).Send(new PassModelVersionTesting(slug, 2))).Done();
        var digest = (await hub.AsSystem.Send(new ShowModelVersion(slug, 2))).Done().Digest.ToString();
        (await hub.As(await hub.NewPerson("Milo", new RoleGrant(Role.DeploymentManager))).Send(new ApproveModelVersion(slug, 2, digest))).Done();
    }
}
