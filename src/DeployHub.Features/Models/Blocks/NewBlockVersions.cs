using DeployHub.Domain.Access;
using DeployHub.Domain.Models;
using DeployHub.Domain.Notifications;
using DeployHub.Features.Data;
using DeployHub.Features.Models.Notation;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Models.Blocks;

/// <summary>Whoever answers for a model that names a block hears of a later version of it: taking it over is for them to decide.</summary>
internal static class NewBlockVersions
{
    public static async Task TellOfBlockAsync(this DeployHubDb db, string key, int number, string releaseNote, Actor by, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var name = $"{key}@";
        var naming = await (from model in db.Models
                            join version in db.ModelVersions on model.Id equals version.ModelId
                            where (version.Status == ModelVersionStatus.Published || version.Status == ModelVersionStatus.Suspended) && version.Yaml.Contains(name)
                            select new { model.Owner, version.Yaml }).ToListAsync(cancellationToken);
        var owners = naming.Where(one => LibraryNames.In(one.Yaml).Blocks.Any(use => use.Name == key && use.Version < number)).Select(one => one.Owner.Id).ToList();
        var note = releaseNote.Length > 0 ? $" {releaseNote}" : "";
        db.Happenings.Add(Happening.Of(
            EventTypes.BlockPublished, $"{key} v{number}", $"v{number} of the block {key} is published; a model of yours names an earlier one.{note}", $"/blocks/{key}", by, at, owners,
            new Dictionary<string, object?> { ["block"] = key, ["version"] = number }));
    }
}
