namespace DeployHub.Domain.Access;

/// <summary>The eight roles of domain §4.1. A person may hold several; §4.3 says which may not act together on one object.</summary>
public enum Role
{
    /// <summary>DM: coordinates the processes, maintains models.</summary>
    DeploymentManager,

    /// <summary>DP: executes deployments, does manual steps.</summary>
    DeploymentPractitioner,

    /// <summary>AP: decides on plans, waivers, exceptions, promotions.</summary>
    Approver,

    /// <summary>RM: plans deployments for releases.</summary>
    ReleaseManager,

    /// <summary>SH: aligns, acknowledges, sees what concerns them.</summary>
    Stakeholder,

    /// <summary>AU: reads everything in scope, changes nothing but findings.</summary>
    Auditor,

    /// <summary>CI: a machine identity with a narrow grant.</summary>
    CiSystem,

    /// <summary>AD: users, roles, connections, settings. Cannot approve, run or edit records.</summary>
    Administrator,
}

/// <summary>What an approver is qualified for (domain §4.1). Other roles carry none.</summary>
public enum ApproverQuality
{
    Peer,
    ServiceOwner,
    ChangeAuthority,
    EmergencyApprover,
    SecurityApprover,
    EnvironmentOwner,
}

public static class Roles
{
    /// <summary>The two-letter code of domain §4.1.</summary>
    public static string Code(this Role role) => role switch
    {
        Role.DeploymentManager => "DM",
        Role.DeploymentPractitioner => "DP",
        Role.Approver => "AP",
        Role.ReleaseManager => "RM",
        Role.Stakeholder => "SH",
        Role.Auditor => "AU",
        Role.CiSystem => "CI",
        Role.Administrator => "AD",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, null),
    };
}
