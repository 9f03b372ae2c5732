using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models;
using DeployHub.Features.Access;
using DeployHub.Features.Models.Notation;

namespace DeployHub.Features.Models;

/// <summary>What somebody may read of a version: whoever may be asked a quiz, and neither writes nor approves models, does not read what is right.</summary>
internal static class ReadableVersion
{
    /// <summary>Null content while a draft has errors.</summary>
    public static (ModelContent? Content, string Yaml) ReadableBy(this ModelVersion version, Caller caller)
    {
        if (caller.May(Permission.EditModels) || caller.May(Permission.ApproveModels) || version.Said?.AsksQuiz == false) return (version.Said, version.Yaml);

        var content = version.Said?.WithoutRightAnswers();
        return (content, content is null ? "" : ModelDocument.Yaml(content));
    }

    /// <summary>Refused with <c>model.has-errors</c> while a draft says nothing.</summary>
    public static Result<(ModelContent Content, string Yaml)> SaidTo(this ModelVersion version, Caller caller) =>
        version.ReadableBy(caller) is ({ } content, var yaml) ? (content, yaml) : ModelErrors.HasErrors(version.Number);
}
