using DeployHub.Domain;
using DeployHub.Features.Pipeline;

namespace DeployHub.Features.Models.Notation.Editing;

/// <summary>Stops editing at once: what was asked for cannot be done to this text.</summary>
internal sealed class UneditableException(Error error) : Exception(error.Message)
{
    public Error Error { get; } = error;
}

/// <summary>Every way an edit says no.</summary>
internal static class EditErrors
{
    public static UneditableException NotThere(string path) =>
        new(new Error(ErrorKind.Conflict, "model.edit-not-there",
            $"There is nothing at {Named(path)} in the document. Look at it again, then edit."));

    public static UneditableException NoPlace(string path, string around) =>
        new(new Error(ErrorKind.Conflict, "model.edit-no-place",
            $"Nothing can be written at {Named(path)}: at {Named(around)} stands neither a list nor a mapping that has such a place."));

    public static UneditableException Taken(string path) =>
        new(new Error(ErrorKind.Conflict, "model.edit-taken",
            $"Something stands at {Named(path)} already. Choose another name."));

    public static UneditableException Whole() =>
        new(new Error(ErrorKind.Conflict, "model.edit-whole",
            "The path means the whole document. Write that with PUT; an edit changes a place inside it."));

    public static UneditableException Inside(string from, string path) =>
        new(new Error(ErrorKind.Conflict, "model.edit-inside",
            $"What stands at {Named(from)} cannot be moved to {Named(path)}, which is inside it."));

    public static UneditableException Differs(string path, string stands) =>
        new(new Error(ErrorKind.Conflict, "model.edit-test-failed",
            $"At {Named(path)} stands another value: {Words.Beginning(stands, 100)}. Look at the document again, then edit."));

    public static UneditableException Twice(string path) =>
        new(new Error(ErrorKind.Conflict, "model.edit-twice",
            $"The value for {Named(path)} has one name more than once. Keep one."));

    public static UneditableException Unstorable(string path) =>
        new(new Error(ErrorKind.Invalid, "model.edit-unstorable",
            $"The value for {Named(path)}: {UnstorableText.Rule}"));

    /// <summary>The text says it in a way that only a person can change without losing something.</summary>
    public static UneditableException Unsafe(string path) =>
        new(new Error(ErrorKind.Conflict, "model.edit-unsafe",
            $"{(path.Length == 0 ? "The document" : Named(path))} is written in a way in which it cannot be changed here without changing more. Change it in the text."));

    public static UneditableException Elsewhere(string from, string path) =>
        new(new Error(ErrorKind.Conflict, "model.edit-elsewhere",
            $"What stands at {Named(from)} cannot be taken to {Named(path)} as it is written: items move between lists, members only change their name. Move it in the text."));

    public static Error Unreadable(PlacedRemark remark) =>
        new(ErrorKind.Conflict, "model.edit-unreadable", $"The document cannot be edited by its places, because it cannot be read. {remark.Full} Mend that in the text first.");

    /// <summary>With the value the text would be no document any more.</summary>
    public static UneditableException Unsayable(string path, PlacedRemark remark) =>
        new(new Error(ErrorKind.Conflict, "model.edit-unsayable",
            $"This cannot stand at {Named(path)}. {remark.Sentence}"));

    private static string Named(string path) => path.Length == 0 ? "the beginning" : Words.Beginning(path, 200);
}
