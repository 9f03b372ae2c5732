using DeployHub.Domain.Access;
using DeployHub.Domain.Models;
using DeployHub.Features.Inbox;
using DeployHub.Features.Models;
using DeployHub.Features.Notifications;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Notifications;
using DeployHub.IntegrationTests.Runs;

namespace DeployHub.IntegrationTests.Models;

/// <summary>A tested version finds the second person whom SOD-5 asks for: by a notice, an item in the inbox and a name on its page.</summary>
public sealed class WaitingForASecondPerson(TestHub hub) : IClassFixture<TestHub>
{
    [Fact]
    public async Task Whoever_may_approve_it_is_told_and_named_and_its_author_hears_of_the_answer()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"), targets: 1);
        var (author, approver) = (await hub.NewPerson("Author", new RoleGrant(Role.DeploymentManager)), await hub.NewPerson("Second Sight", new RoleGrant(Role.DeploymentManager)));
        var practitioner = await hub.NewPerson("Practitioner", new RoleGrant(Role.DeploymentPractitioner));
        var page = $"/models/{estate.Name}/versions/2";
        await TestAsync(estate.Name, author, practitioner);
        await hub.PassOnAsync();

        (await ItemsAsync(approver)).ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            item => item.Subject.ShouldBe($"{estate.Name} v2"), item => item.Sentence.ShouldStartWith("Author wrote v2"), item => item.Href.ShouldBe($"{page}#decide"));
        (await ItemsAsync(author)).ShouldBeEmpty("whoever wrote it last may not approve it");
        (await ItemsAsync(practitioner)).ShouldBeEmpty();
        (await TypesAsync(approver)).ShouldContain("model.tested");
        (await TypesAsync(practitioner)).ShouldNotContain("model.tested");

        using var authors = await hub.BrowserFor(author);
        var shown = await authors.Read(page);
        shown.ShouldContain("Second Sight");
        shown.ShouldNotContain("Approve v2<", customMessage: "the button would end in a refusal");
        using var approvers = await hub.BrowserFor(approver);
        (await approvers.Read(page)).ShouldContain("Approve v2<");

        var digest = (await hub.AsSystem.Send(new ShowModelVersion(estate.Name, 2))).Done().Digest.ToString();
        (await hub.As(author).Send(new ApproveModelVersion(estate.Name, 2, digest))).Refused("SOD-5").WhoCould.ShouldNotBeNull().ShouldContain("Second Sight");
        (await hub.As(approver).Send(new ApproveModelVersion(estate.Name, 2, digest))).Done();
        await hub.PassOnAsync();
        (await ItemsAsync(approver)).ShouldBeEmpty();
        (await TypesAsync(author)).ShouldContain("model.approved");
        (await TypesAsync(approver)).ShouldNotContain("model.approved", "nobody is told of what they did themselves");
    }

    private async Task<IEnumerable<InboxItem>> ItemsAsync(TestPerson person) => (await hub.As(person).Send(new ListInbox())).Items.Where(item => item.Kind is InboxKind.ModelApproval);

    private async Task<IEnumerable<string>> TypesAsync(TestPerson person) => (await hub.As(person).Send(new ListNotices(Limit: 200))).Rows.Select(notice => notice.Type);

    /// <summary>Its second version, walked through at the table and passed.</summary>
    private async Task TestAsync(string slug, TestPerson author, TestPerson practitioner)
    {
        (await hub.As(author).Send(new DraftModelVersion(slug, new ModelIntent("Less waiting")))).Done();
        var draft = (await hub.AsSystem.Send(new ShowModelVersion(slug, 2))).Done();
        (await hub.As(author).Send(new WriteModelVersion(slug, 2, draft.Yaml.Replace("Shows what a test is about.", "Another one.", StringComparison.Ordinal)))).Done();
        (await hub.As(author).Send(new StartTestingModelVersion(slug, 2))).Done();
        foreach (var required in new[] { RehearsalCase.Pass, RehearsalCase.ForcedFailure, RehearsalCase.Rollback })
            (await hub.As(practitioner).Send(new RehearseAtTable(slug, 2, required, true, "Somebody Else", "Line by line."))).Done();
        (await hub.As(author).Send(new PassModelVersionTesting(slug, 2))).Done();
    }
}
