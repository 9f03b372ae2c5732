using System.Net;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models.Improving;
using DeployHub.Features.Models.Improving;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Runs;

namespace DeployHub.IntegrationTests.Models;

/// <summary>Every refusal of an improvement is the same sentence at the same field, whether a page or a program asked.</summary>
public sealed class RefusingImprovements(TestHub hub) : IClassFixture<TestHub>
{
    private static readonly string[] Signal = ["S1 Install"];

    [Fact]
    public async Task Proposals_are_refused_alike()
    {
        using var estate = await EstateAsync();
        using var doors = await BothDoors.OpenAsync(hub, await hub.PersonFor(Role.DeploymentManager));

        await RefusedAsync("", "Look earlier, please", Signal, "invalid", "model");
        await RefusedAsync("nowhere", "Look earlier, please", Signal, "improvement.model-unknown", "model");
        await RefusedAsync(estate.Name, "", Signal, "improvement.title-missing", "title");
        await RefusedAsync(estate.Name, new string('x', 201), Signal, "invalid", "title");
        await RefusedAsync(estate.Name, "Look earlier, please", [], "improvement.evidence-missing", "evidence");
        await RefusedAsync(estate.Name, "Look earlier, please", ["over there"], "improvement.evidence-unreadable", "evidence");
        await RefusedAsync(estate.Name, "Look earlier, please", ["DEP-1999-000001"], "improvement.evidence-unknown", "evidence");
        await RefusedAsync(estate.Name, "Look earlier, please", [.. Enumerable.Range(1, 21).Select(one => $"S1 Step {one}")], "invalid", "evidence");

        Task RefusedAsync(string model, string title, string[] evidence, string code, string field) => doors.RefuseAsync(
            ("/improvements/new", null, [("Input.Model", model), ("Input.Title", title), ("Input.Evidence", string.Join('\n', evidence))]),
            ("/api/v1/improvements", new { model, title, evidence }), code, field, "Input");
    }

    [Fact]
    public async Task Decisions_are_refused_alike()
    {
        using var estate = await EstateAsync();
        var manager = await hub.PersonFor(Role.DeploymentManager);
        var (number, declined) = (await ProposeAsync(estate, "Look earlier"), await ProposeAsync(estate, "Soak longer"));
        (await hub.As(manager).Send(new DeclineImprovement(declined, "Not now."))).Done();
        using var doors = await BothDoors.OpenAsync(hub, manager);
        var (page, api) = ($"/improvements/{number}", $"/api/v1/improvements/{number}");

        await AssessAsync("", "Low", "Low", "Why not", "invalid", "value");
        await AssessAsync("High", "", "Low", "Why not", "invalid", "effort");
        await AssessAsync("High", "Low", "", "Why not", "invalid", "risk");
        await AssessAsync("High", "Low", "Low", new string('x', 2001), "invalid", "note");
        await DeclineAsync("", "invalid", "reason");
        await DeclineAsync(new string('x', 2001), "invalid", "reason");
        await MergeAsync("", "invalid", "into");
        await MergeAsync(number, "improvement.merged-into-itself", "into");
        await MergeAsync("IMP-1999-000001", "improvement.into-unknown", "into");
        await MergeAsync(declined, "improvement.into-closed", "into");
        await AcceptAsync(manager.Email, "2099-01-01", "LeadTime", "5h", "improvement.cannot-move", null);

        (await hub.As(manager).Send(new AssessImprovement(number, Level.High, Level.Low, Level.Low))).Done();
        await AssessAsync("High", "Low", "Low", "Why not", "improvement.cannot-move", null);
        await AcceptAsync("", "2099-01-01", "LeadTime", "5h", "invalid", "owner");
        await AcceptAsync("nobody@test.example", "2099-01-01", "LeadTime", "5h", "improvement.owner-unknown", "owner");
        await AcceptAsync(manager.Email, "", "LeadTime", "5h", "invalid", "due");
        await AcceptAsync(manager.Email, "2099-01-01", "", "5h", "invalid", "metric");
        await AcceptAsync(manager.Email, "2099-01-01", "LeadTime", "", "invalid", "target");
        await AcceptAsync(manager.Email, "2099-01-01", "LeadTime", "very soon", "improvement.target-malformed", "target");
        await AcceptAsync(manager.Email, "2020-01-01", "LeadTime", "5h", "improvement.due-past", "due");
        await AcceptAsync(manager.Email, "2099-01-01", "LeadTime", "5h", "improvement.no-baseline", "metric");
        await MoveAsync("Start", "", "start", new { }, "improvement.cannot-move");
        await MoveAsync("Deliver", "", "delivery", new { }, "improvement.cannot-move");
        await doors.RefuseAsync((page, "Evaluate", []), ($"{api}/evaluation", new { }), "invalid", "verdict", "Evaluating");
        await doors.RefuseAsync((page, "Evaluate", [("Evaluating.Verdict", "Effective")]), ($"{api}/evaluation", new { verdict = "Effective" }), "improvement.cannot-move", null, "Evaluating");
        await doors.RefuseAsync(("/improvements/IMP-1999-000001", "Decline", [("Declining.Reason", "Why not")]), ("/api/v1/improvements/IMP-1999-000001/decline", new { reason = "Why not" }), HttpStatusCode.NotFound);
        using var others = await BothDoors.OpenAsync(hub, await hub.PersonFor(Role.Auditor));
        await others.RefuseAsync((page, "Decline", [("Declining.Reason", "Mine.")]), ($"{api}/decline", new { reason = "Mine." }), "access.not-permitted", null, "Declining");

        Task AssessAsync(string value, string effort, string risk, string note, string code, string? field) => doors.RefuseAsync(
            (page, "Assess", [("Assessing.Value", value), ("Assessing.Effort", effort), ("Assessing.Risk", risk), ("Assessing.Note", note)]),
            ($"{api}/assessment", new { value = NullIfEmpty(value), effort = NullIfEmpty(effort), risk = NullIfEmpty(risk), note }), code, field, "Assessing");

        Task DeclineAsync(string reason, string code, string field) => doors.RefuseAsync((page, "Decline", [("Declining.Reason", reason)]), ($"{api}/decline", new { reason }), code, field, "Declining");

        Task MergeAsync(string into, string code, string field) => doors.RefuseAsync((page, "Merge", [("Merging.Into", into)]), ($"{api}/merge", new { into }), code, field, "Merging");

        Task AcceptAsync(string owner, string due, string metric, string target, string code, string? field) => doors.RefuseAsync(
            (page, "Accept", [("Accepting.Owner", owner), ("Accepting.Due", due), ("Accepting.Metric", metric), ("Accepting.Target", target)]),
            ($"{api}/acceptance", new { owner, due = NullIfEmpty(due), metric = NullIfEmpty(metric), target }), code, field, "Accepting");

        Task MoveAsync(string handler, string form, string move, object body, string code) => doors.RefuseAsync((page, handler, []), ($"{api}/{move}", body), code, null, form);
    }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;

    private Task<Estate> EstateAsync() => Estate.RegisterAsync(hub, Estate.Script("Install", "true"), targets: 1);

    private async Task<string> ProposeAsync(Estate estate, string title) => (await hub.As(Role.DeploymentManager).Send(new ProposeImprovement(estate.Name, title, Signal))).Done();
}
