using static DeployHub.Domain.Models.ModelVersionStatus;
using static DeployHub.Domain.Models.ModelVersionTrigger;

namespace DeployHub.Domain.Models;

/// <summary>The rows of domain §2.1.4, and importing, which publishes a draft at once.</summary>
public static class ModelVersionMoves
{
    public static readonly StateTable<ModelVersionStatus, ModelVersionTrigger> Table = new("model-version")
    {
        { Draft, Edit, Draft },
        { Draft, StartTesting, InTest },
        { Draft, ModelVersionTrigger.Import, Published },
        { InTest, RecordRehearsal, InTest },
        { InTest, PassTesting, Tested },
        { InTest, Reopen, Draft },
        { Tested, Reopen, Draft },
        { Tested, Approve, Tested },
        { Tested, Publish, Published },
        { Published, Supersede, Deprecated },
        { Suspended, Supersede, Deprecated },
        { Published, Suspend, Suspended },
        { Suspended, Resume, Published },
        { Published, Retire, Retired },
        { Suspended, Retire, Retired },
        { Deprecated, Retire, Retired },
        { Draft, Discard, Discarded },
        { InTest, Discard, Discarded },
        { Tested, Discard, Discarded },
    };
}
