using System.Text.Json.Nodes;
using DeployHub.Domain;
using DeployHub.Features.Models.Notation.Editing;

namespace DeployHub.UnitTests.Models.Editing;

/// <summary>Edits in short words.</summary>
internal static class Edits
{
    public static DocumentEdit Add(string path, string value) => new(EditOperation.Add, path, JsonNode.Parse(value));

    public static DocumentEdit Replace(string path, string value) => new(EditOperation.Replace, path, JsonNode.Parse(value));

    public static DocumentEdit Remove(string path) => new(EditOperation.Remove, path);

    public static DocumentEdit Move(string from, string path) => new(EditOperation.Move, path, From: from);

    public static DocumentEdit Test(string path, string value) => new(EditOperation.Test, path, JsonNode.Parse(value));

    public static string Done(string text, params DocumentEdit[] edits)
    {
        var edited = YamlEdit.Apply(text, edits);
        edited.Error.ShouldBeNull();
        return edited.Value;
    }

    public static Error Refused(string text, params DocumentEdit[] edits) => YamlEdit.Apply(text, edits).Error.ShouldNotBeNull();
}
