using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models.Blocks;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Models.Notation;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Models.Blocks;

internal static class BlockLookups
{
    public static async Task<Result<BlockVersion>> FindBlockVersionAsync(this DeployHubDb db, string key, int number, CancellationToken cancellationToken)
    {
        var found = await db.VersionsOfBlock(key).SingleOrDefaultAsync(version => version.Number == number, cancellationToken);
        return found is null ? BlockErrors.VersionNotFound(key, number) : found;
    }

    public static IQueryable<BlockVersion> VersionsOfBlock(this DeployHubDb db, string key) =>
        from block in db.Blocks where block.Key == key join version in db.BlockVersions on block.Id equals version.BlockId select version;

    /// <summary>
    /// What somebody may read of it: whoever may be asked a quiz, and neither writes nor approves models, does not read what is right. Null content
    /// while a draft has errors.
    /// </summary>
    public static (BlockContent? Content, string Yaml) ReadableBy(this BlockVersion version, Caller caller)
    {
        if (caller.May(Permission.EditModels) || caller.May(Permission.ApproveModels) || version.Said?.AsksQuiz == false) return (version.Said, version.Yaml);

        var content = version.Said?.WithoutRightAnswers();
        return (content, content is null ? "" : BlockDocument.Yaml(content));
    }
}
