using System.Collections.Frozen;

namespace DeployHub.Domain.Access;

/// <summary>What a command or page needs: the rows of the matrix in domain §4.2 that exist as commands so far.</summary>
public enum Permission
{
    ViewDeployments,
    ViewLogs,
    EditModels,
    ApproveModels,
    PublishModels,
    ManageModelSources,
    ProposeImprovements,
    DecideImprovements,
    HoldReviews,
    ContributeToReviews,
    RegisterVersions,
    RegisterEnvironments,
    SetEnvironmentPolicy,
    ReportObservations,
    ScanEnvironments,
    HandleDrift,
    AcceptDrift,
    RegisterServices,
    PlanDeployments,
    ViewPartners,
    ManagePartners,
    AlignPartners,
    MeetConditions,
    AnswerAlignments,
    OverrideObjections,
    ApprovePlans,
    DefineWindows,
    DeclareFreezes,
    RequestFreezeExceptions,
    DecideFreezeExceptions,
    ApproveLate,
    ChangeRisk,
    BreakGlass,
    VerifyNow,
    StartRuns,
    PerformManualSteps,
    AcknowledgeVersions,
    AnswerQuestions,
    ExemptReaders,
    StopRuns,
    ResolveHalts,
    PromotePhases,
    OperateRuns,
    RollBack,
    WaiveChecks,
    ExtendWindows,
    RollForward,
    Abandon,
    AddAddenda,
    ReportIncidents,
    AttributeIncidents,
    ViewControls,
    ConfirmCapability,
    ManageQualifications,
    FetchVersions,
    DrainWorkers,
    MakeTokens,
    ManageAccess,
    ManageSettings,
}

/// <summary>The matrix of domain §4.2: who may, before scope and segregation of duties narrow it.</summary>
public static class PermissionMatrix
{
    private const Role DM = Role.DeploymentManager, DP = Role.DeploymentPractitioner, AP = Role.Approver, RM = Role.ReleaseManager,
        SH = Role.Stakeholder, AU = Role.Auditor, CI = Role.CiSystem, AD = Role.Administrator;

    private static readonly FrozenDictionary<Permission, Role[]> Rows = new Dictionary<Permission, Role[]>
    {
        [Permission.ViewDeployments] = [DM, DP, AP, RM, SH, AU, CI, AD],
        [Permission.ViewLogs] = [DM, DP, AP, RM, AU, CI],
        [Permission.EditModels] = [DM, DP],
        [Permission.ApproveModels] = [DM, AP],
        [Permission.PublishModels] = [DM],
        [Permission.ManageModelSources] = [DM], // whoever says where models come from writes them, which an administrator may not
        [Permission.ProposeImprovements] = [DM, DP, AP, RM, SH, AD],
        [Permission.DecideImprovements] = [DM],
        [Permission.HoldReviews] = [DM],
        [Permission.ContributeToReviews] = [DM, DP, RM], // what they say stands once a manager closes the review
        [Permission.RegisterVersions] = [DM, DP, RM, CI],
        [Permission.RegisterEnvironments] = [DM, DP, AD],
        [Permission.SetEnvironmentPolicy] = [DM],
        [Permission.ReportObservations] = [DM, DP, CI, AD],
        [Permission.ScanEnvironments] = [DM, DP, AP, CI, AD],
        [Permission.HandleDrift] = [DM, DP, AP],
        [Permission.AcceptDrift] = [AP], // as the environment's owner
        [Permission.RegisterServices] = [DM, DP, RM, AD],
        [Permission.PlanDeployments] = [DM, DP, RM, CI],
        [Permission.ViewPartners] = [DM, DP, AP, RM, AU, AD], // names, addresses and phone numbers of people outside
        [Permission.ManagePartners] = [DM, RM],
        [Permission.AlignPartners] = [DM, DP, RM],
        [Permission.MeetConditions] = [DM, DP, RM],
        [Permission.AnswerAlignments] = [DM, DP, AP, RM, SH], // for an organisation whose contact they are
        [Permission.OverrideObjections] = [DM, AP], // the two of them together, the approver as service owner
        [Permission.ApprovePlans] = [DM, DP, AP, RM],
        [Permission.DefineWindows] = [DM, AP], // an approver as the environment's owner
        [Permission.DeclareFreezes] = [DM, AP, RM], // an approver as the environment's owner
        [Permission.RequestFreezeExceptions] = [DM, DP, RM],
        [Permission.DecideFreezeExceptions] = [DM, AP], // whom the freeze names
        [Permission.ApproveLate] = [AP],
        [Permission.ChangeRisk] = [DM, DP, AP, RM, SH], // anybody raises; lowering takes an approver
        [Permission.BreakGlass] = [DM, DP], // those who are named
        [Permission.VerifyNow] = [DM, DP, AP, RM, CI],
        [Permission.StartRuns] = [DM, DP, RM, CI],
        [Permission.PerformManualSteps] = [DP],
        [Permission.AcknowledgeVersions] = [DM, DP, AP, RM, SH],
        [Permission.AnswerQuestions] = [DM, DP, RM],
        [Permission.ExemptReaders] = [DM, DP, RM],
        [Permission.StopRuns] = [DM, DP, AP, RM, CI],
        [Permission.ResolveHalts] = [DM, DP],
        [Permission.PromotePhases] = [DM, DP, RM],
        [Permission.OperateRuns] = [DM, DP],
        [Permission.RollBack] = [DM, DP, AP, RM, CI],
        [Permission.WaiveChecks] = [AP],
        [Permission.ExtendWindows] = [DM, AP],
        [Permission.RollForward] = [DM, RM],
        [Permission.Abandon] = [DM],
        [Permission.AddAddenda] = [DM, DP, RM, AU],
        [Permission.ReportIncidents] = [DM, DP, RM, CI], // and suggest what caused them
        [Permission.AttributeIncidents] = [DM, DP, RM],
        [Permission.ViewControls] = [DM, AU],
        [Permission.ConfirmCapability] = [DM], // who owns the practice's metrics (domain §4.1)
        [Permission.ManageQualifications] = [DM], // who assigns practitioners by environment and skill (domain §4.1)
        [Permission.FetchVersions] = [], // only a target's own key, for that target
        [Permission.DrainWorkers] = [DM, AD],
        [Permission.MakeTokens] = [DM, DP, AP, RM, SH, AU, AD], // each for themself
        [Permission.ManageAccess] = [AD],
        [Permission.ManageSettings] = [AD],
    }.ToFrozenDictionary();

    public static IReadOnlyList<Role> RolesWith(Permission permission) => Rows[permission];

    public static bool Allows(IEnumerable<Role> roles, Permission permission) => roles.Any(Rows[permission].Contains);

    /// <summary>The refusal of the permission behaviour: names the right and the roles that hold it.</summary>
    /// <param name="act">What was to be done; null where the right is called so.</param>
    public static Error Refusal(Permission permission, string? act = null)
    {
        if (permission is Permission.FetchVersions)
            return new Error(ErrorKind.Forbidden, "access.not-permitted", "Only a target's own key may fetch versions: this right belongs to no role.") { WhoCould = "a target with its own key" };

        var holders = Words.List(Rows[permission].Select(role => Words.Of(role)));
        var roles = Rows[permission].Length == 1 ? "role" : "roles";
        return new Error(ErrorKind.Forbidden, "access.not-permitted", $"You may not {act ?? Words.Of(permission)}: this right belongs to the {roles} {holders}.")
        {
            WhoCould = holders,
        };
    }
}
