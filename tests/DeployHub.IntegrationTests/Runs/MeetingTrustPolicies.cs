using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Domain.Runs.Verifying;
using DeployHub.Features.Deployments;
using DeployHub.Features.Inventory;
using DeployHub.Features.Runs;
using DeployHub.IntegrationTests.Hub;

namespace DeployHub.IntegrationTests.Runs;

/// <summary>The organisation's rule holds for a model that asks for no signature, from the plan to the worker's look at a real one.</summary>
public sealed class MeetingTrustPolicies(WorkingHub hub) : IClassFixture<WorkingHub>, IDisposable
{
    private static readonly string[] Nobodys = ["nobodys"];

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public void Dispose() => _key.Dispose();

    [Fact]
    public async Task What_a_policy_demands_halts_a_run_until_it_is_met_and_a_changed_demand_asks_for_the_plan_again()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "cp package installed"), targets: 1);
        await TrustAsync(estate);
        (await hub.As(Role.Administrator).Send(new RegisterTrustPolicy(estate.Name, "Signed", Demanding(estate)))).Done();

        var run = await estate.StartAsync();
        var halt = await HaltedAsync(estate, run, HaltCause.SignatureInvalid);
        halt.ShouldContain($"“Trust policy {estate.Name} v1: signature” failed on {estate.Name} 1.0.0");
        halt.ShouldContain("holds no signature 1.0.0.sig. Put it there");
        (await estate.ResolveAsync(run, ResolutionChoice.AcceptWithWaiver, await hub.PersonFor(Role.Approver))).Error.ShouldNotBeNull();

        Sign(estate, "1.0.0");
        (await estate.ResolveAsync(run, ResolutionChoice.Retry)).Done();
        await estate.ReachesAsync(run, RunStatus.Succeeded);
        var found = (await hub.AsSystem.Send(new ShowVerification(run))).Done().Findings.Single(finding => finding.Policy is not null);
        (found.Verdict, found.Policy!.Policy, found.Policy.Version).ShouldBe((Verdict.Pass, estate.Name, 1));
        found.Evidence.ShouldHaveSingleItem().Value.ShouldContain("signed with Release key");

        var number = await estate.PlanAsync("1.1.0");
        Sign(estate, "1.1.0");
        var more = Demanding(estate) with { Provenance = new CheckProvenance("{path}.intoto.jsonl", ["https://ci.test/builder"], Keys: [estate.Name]) };
        (await hub.As(Role.Administrator).Send(new PublishTrustPolicyVersion(estate.Name, more))).Done();
        (await hub.As(Role.DeploymentPractitioner).Send(new StartRun(number))).Refused("deployment.gates-closed").Message.ShouldContain("v2 now and demands something else than v1");

        (await hub.As(Role.ReleaseManager).Send(new EditDeployment(number, estate.Plan("1.1.0"), "With provenance"))).Done();
        var unproven = (await hub.As(Role.DeploymentPractitioner).Send(new StartRun(number))).Done();
        (await HaltedAsync(estate, unproven, HaltCause.SignatureInvalid)).ShouldContain("v2: provenance");
    }

    [Fact]
    public async Task An_expired_policy_refuses_what_it_binds_until_it_is_renewed()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "cp package installed"), targets: 1);
        await TrustAsync(estate);
        Sign(estate, "1.0.0");
        var (version, now, author) = (Demanding(estate), hub.Clock.GetUtcNow(), new Actor("long-gone", "Gone"));
        await hub.Database(db =>
        {
            db.TrustPolicies.Add(TrustPolicy.Register(estate.Name, "Signed", new() { Services = [estate.Name] }, new(version.Signature), now.AddDays(-1), "Decided", author, now.AddDays(-30)).Done());
            return db.SaveChangesAsync(TestContext.Current.CancellationToken);
        });

        var number = await estate.PlanAsync();
        var run = (await hub.As(Role.DeploymentPractitioner).Send(new StartRun(number))).Done();
        (await HaltedAsync(estate, run, HaltCause.PolicyViolation)).ShouldContain($"the trust policy {estate.Name} v1 expired on {now.AddDays(-1):yyyy-MM-dd}, and an expired policy does not relax: an administrator has to renew it (Gone wrote it)");

        (await hub.As(Role.Administrator).Send(new PublishTrustPolicyVersion(estate.Name, version))).Done();
        (await estate.ResolveAsync(run, ResolutionChoice.Postpone)).Done();
        await estate.ReachesAsync((await hub.As(Role.DeploymentPractitioner).Send(new StartRun(number))).Done(), RunStatus.Succeeded);
    }

    [Fact]
    public async Task Policies_are_kept_through_the_API()
    {
        var (key, until) = (TestHub.Unique("policy"), hub.Clock.GetUtcNow().AddYears(1));
        using var admin = await hub.ClientFor(Role.Administrator);
        using var second = await (await hub.BrowserFor(await hub.NewPerson("Second", new RoleGrant(Role.Administrator)))).ForApiAsync();
        using var manager = await hub.ClientFor(Role.DeploymentManager);
        object Version(object? signature, string tier = "DisasterRecovery") => new { signature, tiers = new[] { tier }, validUntil = until, reason = "Decided" };
        var keys = new[] { key };
        (await hub.AsSystem.Send(new RegisterTrustedKey(key, "Release key", TrustedKeyKind.Pem, _key.ExportSubjectPublicKeyInfoPem()))).Done();
        var signed = new { signature = "{path}.sig", keys };

        await manager.PostAsJsonAsync("/api/v1/trust-policies", new { key, name = "Signed", version = Version(signed) }).Problem(HttpStatusCode.Forbidden, "access.not-permitted");
        (await admin.PostAsJsonAsync("/api/v1/trust-policies", new { key, name = "Signed", version = Version(new { signature = "{path}", keys = Array.Empty<string>() }) }).Problem(HttpStatusCode.BadRequest, "trust-policy.demands"))
            .GetProperty("errors").EnumerateObject().Select(field => field.Name).ShouldBe(["version.signature.signature", "version.signature.keys"]);
        await admin.PostAsJsonAsync("/api/v1/trust-policies", new { key, name = "Signed", version = Version(new { signature = "{path}.sig", keys = Nobodys }) }).Problem(HttpStatusCode.BadRequest, "trusted-key.not-found");
        (await admin.PostAsJsonAsync("/api/v1/trust-policies", new { key, name = "Signed", version = Version(signed) })).StatusCode.ShouldBe(HttpStatusCode.Created);
        await admin.PostAsJsonAsync("/api/v1/trust-policies", new { key, name = "Signed", version = Version(signed) }).Problem(HttpStatusCode.Conflict, "trust-policy.key-taken");

        await admin.PostAsJsonAsync($"/api/v1/trust-policies/{key}/versions", new { version = Version(new { signature = "{path}.asc", keys }) }).Problem(HttpStatusCode.Forbidden, "trust-policy.author-may-not-relax");
        (await second.PostAsJsonAsync($"/api/v1/trust-policies/{key}/versions", new { version = Version(new { signature = "{path}.asc", keys }) })).StatusCode.ShouldBe(HttpStatusCode.Created);
        var shown = await manager.GetAsync($"/api/v1/trust-policies/{key}", TestContext.Current.CancellationToken).Json();
        shown.GetProperty("versions").EnumerateArray().Select(version => (version.GetProperty("number").GetInt32(), version.GetProperty("demands").GetProperty("signature").GetProperty("signature").GetString())).ShouldBe([(2, "{path}.asc"), (1, "{path}.sig")]);
        var rows = await manager.GetAsync("/api/v1/trust-policies?tier=DisasterRecovery", TestContext.Current.CancellationToken).Json();
        rows.EnumerateArray().Select(row => (row.GetProperty("key").GetString(), row.GetProperty("version").GetInt32())).ShouldContain((key, 2));

        await second.PostAsJsonAsync($"/api/v1/trust-policies/{key}/withdrawal", new { reason = "Not needed" }).Problem(HttpStatusCode.Forbidden, "trust-policy.author-may-not-relax");
        (await admin.PostAsJsonAsync($"/api/v1/trust-policies/{key}/withdrawal", new { reason = "Not needed" })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await manager.GetAsync("/api/v1/trust-policies?tier=DisasterRecovery", TestContext.Current.CancellationToken).Json()).EnumerateArray().ShouldNotContain(row => row.GetProperty("key").GetString() == key);
    }

    private TrustPolicyInput Demanding(Estate estate) => new()
    {
        Signature = new CheckSignature("{path}.sig", Keys: [estate.Name]),
        Services = [estate.Name],
        ValidUntil = hub.Clock.GetUtcNow().AddYears(1),
        Reason = "Decided",
    };

    private async Task TrustAsync(Estate estate) =>
        (await hub.AsSystem.Send(new RegisterTrustedKey(estate.Name, "Release key", TrustedKeyKind.Pem, _key.ExportSubjectPublicKeyInfoPem(), [estate.Name]))).Done();

    /// <summary>As <c>cosign sign-blob</c> does; an estate's artefact holds its label.</summary>
    private void Sign(Estate estate, string label) => File.WriteAllText(
        Path.Combine(estate.Store, $"{label}.sig"), Convert.ToBase64String(_key.SignData(File.ReadAllBytes(Path.Combine(estate.Store, label)), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)));

    private static async Task<string> HaltedAsync(Estate estate, string run, HaltCause cause)
    {
        await estate.ReachesAsync(run, RunStatus.Halted);
        var halt = (await estate.RunAsync(run)).OpenHalt!;
        halt.Cause.ShouldBe(cause, halt.Sentence);
        return halt.Sentence;
    }
}
