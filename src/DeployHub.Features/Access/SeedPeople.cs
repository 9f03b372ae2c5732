using DeployHub.Domain.Access;
using DeployHub.Features.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Access;

/// <summary>Who is there before anybody signs in: the people of the demo, or the link that makes the first administrator.</summary>
public sealed class SeedPeople(DeployHubDb db, IPasswordHasher<Person> hasher, TimeProvider clock)
{
    public const string DemoPassword = "ship-it-calmly";

    public static readonly IReadOnlyList<(string Name, string Email, string Part, RoleGrant[] Roles)> Demo =
    [
        ("Mia Planner", "mia@demo.deployhub", "release manager: plans", [new(Role.ReleaseManager)]),
        ("Ana Approver", "ana@demo.deployhub", "approver", [new(Role.Approver, ApproverQuality.Peer), new(Role.Approver, ApproverQuality.ServiceOwner), new(Role.Approver, ApproverQuality.ChangeAuthority), new(Role.Approver, ApproverQuality.EmergencyApprover), new(Role.Approver, ApproverQuality.EnvironmentOwner)]),
        ("Otto Owner", "otto@demo.deployhub", "approver: owns the service", [new(Role.Approver, ApproverQuality.Peer), new(Role.Approver, ApproverQuality.ServiceOwner), new(Role.Approver, ApproverQuality.EmergencyApprover)]),
        ("Paul Practitioner", "paul@demo.deployhub", "deployment practitioner: starts and runs", [new(Role.DeploymentPractitioner, BreaksGlass: true)]),
        ("Dora Manager", "dora@demo.deployhub", "deployment manager", [new(Role.DeploymentManager)]),
        ("Aude Auditor", "aude@demo.deployhub", "auditor", [new(Role.Auditor)]),
        ("Adam Admin", "adam@demo.deployhub", "administrator", [new(Role.Administrator)]),
    ];

    public Task<bool> IsAnybodyThereAsync(CancellationToken cancellationToken) => db.Users.AnyAsync(cancellationToken);

    public async Task AddDemoAsync(CancellationToken cancellationToken)
    {
        foreach (var (name, email, _, roles) in Demo)
        {
            if (await db.FindPersonAsync(email, cancellationToken) is not null) continue;

            var person = People.New(email, name);
            person.PasswordHash = hasher.HashPassword(person, DemoPassword);
            db.Users.Add(person);
            foreach (var role in roles) db.Grants.Add(Grant.Give(person.Id.ToString(), role, Actor.System, clock.GetUtcNow()).Value);
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    public Task<bool> IsDemoThereAsync(CancellationToken cancellationToken)
    {
        var first = Demo[0].Email.ToUpperInvariant();
        return db.Users.AnyAsync(person => person.NormalizedEmail == first, cancellationToken);
    }

    /// <summary>How to sign in as the demo's people, a line each; nothing where there is no demo.</summary>
    public async Task<IReadOnlyList<string>> DemoSignInsAsync()
    {
        if (!await IsDemoThereAsync(CancellationToken.None)) return [];

        return [$"Sign in to the demo with the password {DemoPassword} as", .. Demo.Select(person => $"  {person.Email,-22} {person.Part}")];
    }

    /// <summary>The token of a link that makes the first administrator, valid for a day. Earlier ones stay valid until used.</summary>
    public async Task<string> AddFirstAdministratorLinkAsync(CancellationToken cancellationToken)
    {
        var (link, token) = OneTimeLink.Make(null, clock.GetUtcNow().AddDays(1));
        db.OneTimeLinks.Add(link);
        await db.SaveChangesAsync(cancellationToken);
        return token;
    }
}
