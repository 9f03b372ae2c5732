using static DeployHub.Domain.Deployments.Aligning.AlignmentStatus;
using static DeployHub.Domain.Deployments.Aligning.AlignmentTrigger;

namespace DeployHub.Domain.Deployments.Aligning;

/// <summary>Domain §2.3.3.</summary>
public enum AlignmentStatus
{
    Pending,
    Agreed,

    /// <summary>Each condition has to be met before a run starts.</summary>
    AgreedWithConditions,

    Objected,

    /// <summary>Nobody answered until the deadline. An answer still counts while nothing has started.</summary>
    NoResponse,

    /// <summary>The deployment manager and the service owner go on against the objection.</summary>
    Overridden,

    /// <summary>It is not what comes any more; a new request stands in its place.</summary>
    Superseded,
}

public enum AlignmentTrigger
{
    Agree,
    AgreeWithConditions,
    Object,
    MissDeadline,
    Override,
    Supersede,
}

public static class AlignmentMoves
{
    internal static AlignmentTrigger On(AlignmentReply reply) => reply switch
    {
        AlignmentReply.Agree => Agree,
        AlignmentReply.AgreeWithConditions => AgreeWithConditions,
        _ => AlignmentTrigger.Object,
    };

    public static readonly StateTable<AlignmentStatus, AlignmentTrigger> Table = new("alignment request")
    {
        { Pending, Agree, Agreed },
        { Pending, AgreeWithConditions, AgreedWithConditions },
        { Pending, AlignmentTrigger.Object, Objected },
        { Pending, MissDeadline, NoResponse },
        { NoResponse, Agree, Agreed },
        { NoResponse, AgreeWithConditions, AgreedWithConditions },
        { NoResponse, AlignmentTrigger.Object, Objected },
        { Objected, Override, Overridden },
        { Pending, Supersede, Superseded },
        { Agreed, Supersede, Superseded },
        { AgreedWithConditions, Supersede, Superseded },
        { Objected, Supersede, Superseded },
        { NoResponse, Supersede, Superseded },
        { Overridden, Supersede, Superseded },
    };
}
