using DeployHub.Domain.Access;
using DeployHub.Domain.Models;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Inbox.Sources;

/// <summary>Versions of models that are tested and wait for a second person (SOD-5), for whoever may be that person.</summary>
internal static class ModelsToApprove
{
    public static async Task<IEnumerable<InboxItem>> OnAsync(Desk desk, CancellationToken cancellationToken)
    {
        if (!desk.Caller.May(Permission.ApproveModels)) return [];

        var tested = await (from version in desk.Db.ModelVersions
                            where version.Status == ModelVersionStatus.Tested && version.Approval == null
                            join model in desk.Db.Models on version.ModelId equals model.Id
                            orderby model.Slug, version.Number
                            select new { Version = version, model.Slug, model.Name }).AsNoTracking().Take(Desk.Most).ToListAsync(cancellationToken);
        var isManager = desk.Caller.Roles.Contains(Role.DeploymentManager);
        return tested.Where(waiting => waiting.Version.RefusalToApprove(isManager, desk.Caller.Actor) is null).Select(waiting => new InboxItem(
            InboxKind.ModelApproval, $"{waiting.Slug} v{waiting.Version.Number}", waiting.Name,
            $"{(waiting.Version.Editors is [.., var last] ? last : waiting.Version.CreatedBy).Name} wrote v{waiting.Version.Number}, and it is tested: read it, and approve its publication as a second person.",
            null, $"/models/{waiting.Slug}/versions/{waiting.Version.Number}#decide"));
    }
}
