namespace DeployHub.Domain.Access;

/// <summary>
/// What somebody holds for a plan that moves components of several services. To act they need it for every one of them; to be told, one of them
/// is enough. A plan of one service is the usual case of both.
/// </summary>
public static class Throughout
{
    /// <summary>The person may act there: in each of the services by one role or another.</summary>
    public static bool MayThroughout(this IReadOnlyCollection<RoleGrant> grants, Permission permission, IReadOnlyCollection<string> services, string environment) =>
        services.All(service => PermissionMatrix.Allows(grants.Where(grant => grant.Covers(service, environment)).Select(grant => grant.Role), permission));

    /// <summary>Roles that are held in every one of the services.</summary>
    public static IReadOnlyCollection<Role> RolesThroughout(this IReadOnlyCollection<RoleGrant> grants, IReadOnlyCollection<string> services, string environment) =>
        [.. grants.Select(grant => grant.Role).Distinct().Where(role => services.All(service => grants.Any(grant => grant.Role == role && grant.Covers(service, environment))))];

    /// <summary>Qualities that are held in every one of the services.</summary>
    public static IReadOnlyCollection<ApproverQuality> QualitiesThroughout(this IReadOnlyCollection<RoleGrant> grants, IReadOnlyCollection<string> services, string environment) =>
        [.. grants.Select(grant => grant.Quality).OfType<ApproverQuality>().Distinct().Where(quality => services.All(service => grants.Any(grant => grant.Quality == quality && grant.Covers(service, environment))))];

    /// <summary>Whoever holds it is told what happens there.</summary>
    public static bool ReachesAny(this RoleGrant grant, IReadOnlyCollection<string> services, string? environment) =>
        services.Count == 0 ? grant.Covers(null, environment) : services.Any(service => grant.Covers(service, environment));
}
