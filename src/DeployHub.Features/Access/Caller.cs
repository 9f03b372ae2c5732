using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;

namespace DeployHub.Features.Access;

/// <summary>
/// Who sends the messages of this scope. The door sets it from the signed-in principal, never from a form; work that DeployHub
/// does by itself sends as <see cref="Actor.System"/>.
/// </summary>
public sealed class Caller
{
    private bool _isSystem;

    public Actor Actor { get; private set; } = new("anonymous", "Nobody", ActorKind.System);

    public IReadOnlyList<RoleGrant> Grants { get; private set; } = [];

    /// <summary>Who sends with a target's own key; null for everybody else.</summary>
    public TargetId? Target { get; private set; }

    /// <summary>The person's own token that these messages come with; null for who signed in, for machines and for DeployHub itself.</summary>
    public UsedToken? Token { get; private set; }

    public IEnumerable<Role> Roles => Grants.Select(grant => grant.Role).Distinct();

    public void SignIn(Actor actor, IReadOnlyList<RoleGrant> grants, TargetId? target = null, UsedToken? token = null) =>
        (Actor, Grants, Target, Token, _isSystem) = (actor, grants, target, token, false);

    public void ActAsSystem() => (Actor, Grants, Token, _isSystem) = (Actor.System, [], null, true);

    public bool May(Permission permission) => _isSystem || (Holds(permission) && !(Token is not null && permission is Permission.ManageAccess));

    /// <summary>Why no command that needs it may be sent; null when it may. A token that only reads sends none, and none decides what people decide in person.</summary>
    /// <param name="act">What was to be done; null where the right is called so.</param>
    public Error? RefusalOf(Permission permission, string? act = null)
    {
        if (_isSystem) return null;
        if (!Holds(permission)) return PermissionMatrix.Refusal(permission, act);
        if (RefusalToToken(permission) is { } withheld) return withheld;
        return Token is { Scope: TokenScope.ReadOnly } token ? AccessErrors.TokenOnlyReads(token.Name) : null;
    }

    /// <summary>Why not, within one service and environment; null when it is permitted there.</summary>
    public Error? RefusalOf(Permission permission, string? service, string? environment) =>
        _isSystem || PermissionMatrix.Allows(RolesIn(service, environment), permission) ? RefusalToToken(permission) : PermissionMatrix.Refusal(permission);

    /// <summary>
    /// Why not, for something that belongs to one service or to one environment; what is not named does not matter. Null when it is
    /// permitted.
    /// </summary>
    public Error? RefusalAround(Permission permission, string? service = null, string? environment = null)
    {
        if (_isSystem) return null;
        var near = Grants.Where(grant => (service is null || grant.Service is null || grant.Service == service)
            && (environment is null || grant.Environment is null || grant.Environment == environment));
        if (PermissionMatrix.Allows(near.Select(grant => grant.Role), permission)) return RefusalToToken(permission);

        var refusal = PermissionMatrix.Refusal(permission);
        var place = service is null ? $"environment “{environment}”" : $"service “{service}”";
        return May(permission) ? refusal with { Message = $"Your roles do not reach {place}. {refusal.Message}" } : refusal;
    }

    public IReadOnlyCollection<Role> RolesIn(string? service, string? environment) =>
        [.. Grants.Where(grant => grant.Covers(service, environment)).Select(grant => grant.Role).Distinct()];

    public IReadOnlyCollection<ApproverQuality> QualitiesIn(string? service, string? environment) =>
        [.. Grants.Where(grant => grant.Covers(service, environment)).Select(grant => grant.Quality).OfType<ApproverQuality>().Distinct()];

    /// <summary>The same over several services: what is permitted in only some of them is not.</summary>
    public Error? RefusalThroughout(Permission permission, IReadOnlyCollection<string> services, string environment) =>
        services.Select(service => RefusalOf(permission, service, environment)).FirstOrDefault(refusal => refusal is not null);

    /// <summary>Roles that are held in every one of the services.</summary>
    public IReadOnlyCollection<Role> RolesThroughout(IReadOnlyCollection<string> services, string environment) =>
        Grants.RolesThroughout(services, environment);

    /// <summary>Qualities that are held in every one of the services.</summary>
    public IReadOnlyCollection<ApproverQuality> QualitiesThroughout(IReadOnlyCollection<string> services, string environment) =>
        Grants.QualitiesThroughout(services, environment);

    /// <summary>Named to start an emergency there before it is approved (domain §4.2).</summary>
    public bool BreaksGlassIn(string? service, string? environment) => Grants.Any(grant => grant.BreaksGlass && grant.Covers(service, environment));

    private bool Holds(Permission permission) => PermissionMatrix.Allows(Roles, permission) || (permission is Permission.FetchVersions && Target is not null);

    /// <summary>
    /// Who comes in is decided by people who signed in, so that a stolen token lets in nobody else; and where a rule wants a person's judgement, a
    /// program that shows their token is none (SOD-6).
    /// </summary>
    private Error? RefusalToToken(Permission permission) => (Token, permission) switch
    {
        (null, _) => null,
        (_, Permission.AlignPartners or Permission.AnswerAlignments or Permission.MeetConditions) => AccessErrors.DecidedInPerson(permission),
        (_, Permission.ManageAccess) => AccessErrors.AccessByToken,
        (_, Permission.ApprovePlans or Permission.ApproveLate or Permission.BreakGlass or Permission.ChangeRisk or Permission.ApproveModels or Permission.DecideFreezeExceptions or Permission.WaiveChecks or Permission.AcceptDrift or Permission.AcknowledgeVersions or Permission.OverrideObjections
            or Permission.DefineWindows or Permission.DeclareFreezes) =>
            AccessErrors.DecidedInPerson(permission),
        _ => null,
    };

    /// <summary>Decides for it as its owner.</summary>
    public bool OwnsEnvironment(string environment) => QualitiesIn(null, environment).Contains(ApproverQuality.EnvironmentOwner);
}
