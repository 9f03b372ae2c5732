using DeployHub.Domain.Access;
using DeployHub.Features.Deployments;
using DeployHub.Features.ValueStream.Incidents;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Runs;

namespace DeployHub.IntegrationTests.Doors;

/// <summary>Incidents and what is said of them: what both doors refuse.</summary>
[Collection(nameof(Doors))]
public sealed class RefusingIncidents(TestHub hub)
{
    [Fact]
    public async Task Reports()
    {
        using var estate = await LiveAsync();
        using var paul = await BothDoors.OfAsync(hub, Role.DeploymentPractitioner);
        using var ana = await BothDoors.OfAsync(hub, Role.Approver);
        using var elsewhere = await BothDoors.OfAsync(hub, await hub.NewPerson("Elsewhere", new RoleGrant(Role.DeploymentPractitioner, Service: TestHub.Unique("other"))));
        var service = estate.Name;

        await paul.RefuseAlikeAsync(
            Reporting("No title", "invalid", "Input.Title", service, title: ""),
            Reporting("A title of 201 characters", "invalid", "Input.Title", service, title: new string('x', 201)),
            Reporting("A severity of 5", "invalid", "Input.Severity", service, severity: 5).Gone(),
            Reporting("No service", "invalid", "Input.Service", ""),
            Reporting("A service that is not there", "service.not-found", "Input.Service", "nothing").Gone(),
            Reporting("An environment that is not there", "environment.not-found", "Input.Environment", service, environment: "nowhere").Gone(),
            Reporting("A start to come", "incident.starts-in-future", "Input.StartedAt", service, startedAt: "2099-01-01T00:00"),
            Reporting("An address that is a script", "invalid", "Input.Address", service, address: "javascript:alert(1)"),
            Reporting("An address with a password", "incident.address-has-secret", "Input.Address", service, address: "https://robot:s3cret@incidents.example.com/1"),
            Reporting("A reference with a blank", "invalid", "Input.Reference", service, reference: "INC 77"),
            Reporting("A reference without a digit", "invalid", "Input.Reference", service, reference: "Payments"),
            Reporting("A reference that would be two parts of an address", "invalid", "Input.Reference", service, reference: "INC/77"),
            Reporting("A tool that is no key", "invalid", "Input.Source", service, source: "Pager Duty") with { ApiField = "source" });
        await ana.RefuseAlikeAsync(Reporting("Somebody who reports nothing", "access.not-permitted", null, service));
        await elsewhere.RefuseAlikeAsync(Reporting("Somebody of another service", "access.not-permitted", null, service));
    }

    [Fact]
    public async Task Links_and_ends()
    {
        using var estate = await LiveAsync();
        using var paul = await BothDoors.OfAsync(hub, Role.DeploymentPractitioner);
        using var aude = await BothDoors.OfAsync(hub, Role.Auditor);
        var planned = (await hub.As(Role.ReleaseManager).Send(new CreateDeployment(estate.Plan("1.0.0")))).Done();
        var other = (await hub.As(Role.ReleaseManager).Send(new CreateDeployment(estate.Plan("1.1.0")))).Done();
        var reference = TestHub.Unique("INC");
        (await hub.As(Role.DeploymentPractitioner).Send(new ReportIncident(reference, null, "Payments are down", 1, estate.Name))).Done();
        (await hub.As(Role.DeploymentPractitioner).Send(new LinkIncident(reference, null, planned, "It is the next one."))).Done();

        await paul.RefuseAlikeAsync(
            Deciding("A decision without a reason", "invalid", "Decision.Reason", reference, planned, "Reject", ""),
            Deciding("A reason of 2001 characters", "invalid", "Decision.Reason", reference, planned, "Reject", new string('x', 2001)),
            Deciding("Confirming what touched nothing", "incident.nothing-executed", null, reference, planned, "Confirm", "It must be").Gone(),
            Deciding("Confirming what is not linked", "incident-link.not-found", null, reference, other, "Confirm", "It must be").Gone(),
            Suspecting("A deployment that is not there", "deployment.not-found", "Suspicion.Deployment", reference, "DEP-1999-000001", "It was late"),
            Suspecting("No deployment", "invalid", "Suspicion.Deployment", reference, "", "It was late"),
            Suspecting("A suspicion without a reason", "invalid", "Suspicion.Reason", reference, planned, ""),
            Suspecting("What is suspected already", "incident-link.linked-already", null, reference, planned, "It was late"),
            Resolving("Over before it began", "incident.resolved-before-start", "Resolution.ResolvedAt", reference, "2020-01-01T00:00"),
            Resolving("Over in the future", "incident.resolved-in-future", "Resolution.ResolvedAt", reference, "2099-01-01T00:00"),
            Resolving("An incident that is not there", "incident.not-found", null, "INC-NONE-1", "2020-01-01T00:00"));
        await aude.RefuseAlikeAsync(Deciding("Somebody who decides nothing", "access.not-permitted", null, reference, planned, "Reject", "It was not").Gone());
    }

    private static Refusal Reporting(
        string wrong, string code, string? field, string service, string? reference = null, string title = "Payments are down", int severity = 1, string environment = "", string startedAt = "", string address = "", string source = "")
    {
        var named = reference ?? TestHub.Unique("INC");
        var body = new
        {
            title,
            severity,
            service,
            environment = environment.Length == 0 ? null : environment,
            startedAt = startedAt.Length == 0 ? null : $"{startedAt}:00Z",
            address = address.Length == 0 ? null : address,
        };
        return new Refusal(
            wrong, code, field,
            new("/incidents/new", null, ("Input.Reference", named), ("Input.Source", source), ("Input.Title", title), ("Input.Severity", $"{severity}"), ("Input.Service", service), ("Input.Environment", environment), ("Input.StartedAt", startedAt), ("Input.Address", address)),
            Request.Put($"/incidents/{Uri.EscapeDataString(named)}{(source.Length == 0 ? "" : $"?source={Uri.EscapeDataString(source)}")}", body));
    }

    private static Refusal Deciding(string wrong, string code, string? field, string reference, string deployment, string handler, string reason) => new(
        wrong, code, field, new($"/incidents/{reference}", handler, ("Decision.Deployment", deployment), ("Decision.Reason", reason)),
        Request.Post($"/incidents/{reference}/links/{deployment}/{(handler == "Confirm" ? "confirm" : "reject")}", new { reason }));

    private static Refusal Suspecting(string wrong, string code, string? field, string reference, string deployment, string reason) => new(
        wrong, code, field, new($"/incidents/{reference}", "Link", ("Suspicion.Deployment", deployment), ("Suspicion.Reason", reason)), Request.Post($"/incidents/{reference}/links", new { deployment, reason }));

    private static Refusal Resolving(string wrong, string code, string? field, string reference, string resolvedAt) => new(
        wrong, code, field, new($"/incidents/{reference}", "Resolve", ("Resolution.ResolvedAt", resolvedAt)), Request.Post($"/incidents/{reference}/resolution", new { resolvedAt = $"{resolvedAt}:00Z" }));

    private Task<Estate> LiveAsync() => Estate.RegisterAsync(hub, Estate.Script("Install", "true"), isLive: true);
}
