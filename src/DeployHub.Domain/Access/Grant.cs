namespace DeployHub.Domain.Access;

public readonly record struct GrantId(Guid Value) : IId<GrantId>
{
    public static GrantId New() => new(Guid.CreateVersion7());

    public static GrantId From(Guid value) => new(value);
}

/// <summary>A role given to a person or an API client: by whom, confirmed by whom, until when. Never deleted: auditors ask who could what then.</summary>
public sealed class Grant
{
    private Grant() { }

    public GrantId Id { get; private init; }

    /// <summary>The account or API client that holds it.</summary>
    public string Holder { get; private init; } = "";

    public Role Role { get; private init; }

    public ApproverQuality? Quality { get; private init; }

    public string? Service { get; private init; }

    public string? Environment { get; private init; }

    /// <summary>Named to start an emergency before it is approved.</summary>
    public bool BreaksGlass { get; private init; }

    public Actor GivenBy { get; private init; } = Actor.System;

    public DateTimeOffset GivenAt { get; private init; }

    public Actor? ConfirmedBy { get; private set; }

    public DateTimeOffset? ConfirmedAt { get; private set; }

    public Actor? RevokedBy { get; private set; }

    public DateTimeOffset? RevokedAt { get; private set; }

    /// <summary>It gives rights only while confirmed and not revoked.</summary>
    public bool IsActive => ConfirmedAt is not null && RevokedAt is null;

    /// <summary>Refused with <c>SOD-8</c> when an administrator would give themselves one of the roles DM, DP, AP or AU.</summary>
    public static Result<Grant> Give(string holder, RoleGrant role, Actor by, DateTimeOffset at)
    {
        if (role.Quality is not null && role.Role is not Role.Approver) return AccessErrors.QualityOnlyForApprovers;
        if (role.BreaksGlass && role.Role is not (Role.DeploymentManager or Role.DeploymentPractitioner)) return AccessErrors.GlassOnlyForOperators;
        if (by.Id == holder && role.Role is (Role.DeploymentManager or Role.DeploymentPractitioner or Role.Approver or Role.Auditor)) return AccessErrors.OwnGrant(role.Role);

        var needsSecond = by.Kind is not ActorKind.System && (NeedsSecondAdministrator(role.Role) || role.BreaksGlass);
        return new Grant
        {
            Id = GrantId.New(),
            Holder = holder,
            Role = role.Role,
            Quality = role.Quality,
            Service = role.Service,
            Environment = role.Environment,
            BreaksGlass = role.BreaksGlass,
            GivenBy = by,
            GivenAt = at,
            ConfirmedBy = needsSecond ? null : by,
            ConfirmedAt = needsSecond ? null : at,
        };
    }

    /// <summary>The second administrator's yes: neither who gave it nor who gets it (SOD-8).</summary>
    public Result Confirm(Actor by, DateTimeOffset at)
    {
        if (ConfirmedAt is not null || RevokedAt is not null) return AccessErrors.NothingToConfirm;
        if (by.Is(GivenBy) || by.Id == Holder) return AccessErrors.SecondAdministratorNeeded;

        (ConfirmedBy, ConfirmedAt) = (by, at);
        return Result.Success;
    }

    public Result Revoke(Actor by, DateTimeOffset at)
    {
        if (RevokedAt is not null) return AccessErrors.AlreadyRevoked;

        (RevokedBy, RevokedAt) = (by, at);
        return Result.Success;
    }

    public static bool NeedsSecondAdministrator(Role role) => role is Role.DeploymentManager or Role.Approver or Role.Auditor;

    public RoleGrant ToRoleGrant() => new(Role, Quality, Service, Environment, BreaksGlass);
}
