using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Deployments;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Runs;

namespace DeployHub.IntegrationTests.Doors;

/// <summary>Who carries a deployment out, in the model's role slots: what both doors refuse (domain §2.3.4).</summary>
[Collection(nameof(Doors))]
public sealed class RefusingPeople(TestHub hub)
{
    [Fact]
    public async Task People_and_role_slots()
    {
        using var estate = await StaffedAsync();
        var (rita, sven, left) = (await PractitionerAsync("Rita"), await PractitionerAsync("Sven"), await PractitionerAsync("Left"));
        foreach (var qualified in new[] { rita, sven, left }) (await hub.As(Role.DeploymentManager).Send(new GiveQualification(qualified.Email, estate.Name, "Certificate 4711", "Took the course"))).Done();
        (await hub.As(Role.Administrator).Send(new DeactivatePerson(left.Email))).Done();
        var stranger = await PractitionerAsync("Stranger");
        using var mia = await BothDoors.OfAsync(hub, Role.ReleaseManager);
        using var auditor = await BothDoors.OfAsync(hub, Role.Auditor);
        var (number, over) = (await DraftAsync(estate), await DraftAsync(estate));
        (await hub.As(Role.ReleaseManager).Send(new CancelDeployment(over, "Not needed"))).Done();
        var seen = (await hub.AsSystem.Send(new ShowDeployment(number))).Done().Version - 1;

        await mia.RefuseAlikeAsync(
            Naming("Somebody without the qualification", "people.not-qualified", "technician", number, ("technician", stranger.Email)),
            Naming("Somebody whom nobody knows", "people.unknown", "technician", number, ("technician", "nobody@test.example")),
            Naming("Somebody who left", "people.not-qualified", "technician", number, ("technician", left.Email)),
            Naming("One person in two slots that differ", "people.in-both", "technician", number, ("technician", rita.Email), ("witness", rita.Email)),
            new("Two people where one is meant", "people.too-many", "People[technician]",
                new($"/deployments/{number}/people", null, ("People[technician]", rita.Email), ("People[technician]", sven.Email)), Request.Put($"/deployments/{number}/people", new { people = new { technician = new[] { rita.Email, sven.Email } } }))
            { ApiField = "people.technician", KeepsTyped = false },
            Naming("A slot that the model does not have", "people.slot-unknown", null, number, ("clerk", rita.Email)).Gone(),
            new("A reason of 2001 characters", "invalid", "Reason", new($"/deployments/{number}/people", null, ("People[technician]", rita.Email), ("Reason", new string('x', 2001))),
                Request.Put($"/deployments/{number}/people", new { people = new { technician = new[] { rita.Email } }, reason = new string('x', 2001) })),
            new("Somebody was quicker", "changed-meanwhile", null, new($"/deployments/{number}/people", null, ("People[technician]", rita.Email), ("Seen", $"{seen}")),
                Request.Put($"/deployments/{number}/people", new { people = new { technician = new[] { rita.Email } } }, seen)),
            Naming("For what is over", "people.deployment-over", null, over, ("technician", rita.Email)).Gone(),
            Naming("For nothing", "deployment.not-found", null, "DEP-1999-000001", ("technician", rita.Email)),
            new("Submitting while a slot is empty", "people.slot-empty", null, new($"/deployments/{number}", "Submit"), Request.Post($"/deployments/{number}/submission")));
        await auditor.RefuseAlikeAsync(Naming("By who does not plan", "access.not-permitted", null, number, ("technician", rita.Email)));
    }

    private static Refusal Naming(string wrong, string code, string? slot, string number, params (string Slot, string Email)[] people) => new(
        wrong, code, slot is null ? null : $"People[{slot}]",
        new($"/deployments/{number}/people", null, [.. people.Select(named => ($"People[{named.Slot}]", named.Email))]),
        Request.Put($"/deployments/{number}/people", new { people = people.ToDictionary(named => named.Slot, named => new[] { named.Email }) }))
    { ApiField = $"people.{slot}" };

    private async Task<string> DraftAsync(Estate estate) => (await hub.As(Role.ReleaseManager).Send(new CreateDeployment(estate.Plan("1.0.0")))).Done();

    private Task<TestPerson> PractitionerAsync(string name) => hub.NewPerson(name, new RoleGrant(Role.DeploymentPractitioner));

    private Task<Estate> StaffedAsync() => Estate.RegisterAsync(
        hub, "- { name: Swap it, uses: manual, with: { instruction: Take the old one out., evidence: Note, slot: technician } }", targets: 1,
        change: (estate, document) => Task.FromResult(document.Replace(
            "stages:", $"roles:\n  technician: {{ role: DeploymentPractitioner, qualification: {estate.Name} }}\n  witness: {{ role: DeploymentPractitioner, optional: true, differsFrom: [technician] }}\nstages:", StringComparison.Ordinal)));
}
