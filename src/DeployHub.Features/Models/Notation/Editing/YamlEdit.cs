using System.Text.Json.Nodes;
using DeployHub.Domain;

namespace DeployHub.Features.Models.Notation.Editing;

/// <summary>
/// Changes a YAML text by the places in it and leaves everything else as it was written, comments and all. After each edit the text is read
/// again: it says what the edit asked for and nothing else, or the edit is refused.
/// </summary>
public static class YamlEdit
{
    /// <summary>How many edits are done at once.</summary>
    public const int Most = 50;

    /// <summary>The text after all edits, in their order; refused whole when one of them is.</summary>
    public static Result<string> Apply(string yaml, IReadOnlyList<DocumentEdit> edits)
    {
        try
        {
            var (text, says) = (yaml, EditMeaning.Of(yaml));
            foreach (var edit in edits) (text, says) = Applied(text, says, edit);
            return text;
        }
        catch (UnreadableException unreadable)
        {
            return EditErrors.Unreadable(unreadable.Remark);
        }
        catch (UneditableException uneditable)
        {
            return uneditable.Error;
        }
    }

    /// <summary>What the text says, with every scalar as a text; refused when it cannot be read.</summary>
    public static Result<JsonNode> Read(string yaml)
    {
        try
        {
            return EditMeaning.Of(yaml);
        }
        catch (UnreadableException unreadable)
        {
            return EditErrors.Unreadable(unreadable.Remark);
        }
    }

    /// <summary>What the comment right above an item of a list says; null where there is none.</summary>
    public static string? CommentOf(string yaml, string path)
    {
        try
        {
            var lines = new YamlPen(yaml).LinesOf(DocumentPath.Parts(path)!).Select(line => line.Trim()).TakeWhile(line => line.StartsWith('#'));
            return string.Join(' ', lines.Select(line => line.Trim('#', ' '))) is { Length: > 0 } comment ? comment : null;
        }
        catch (UnreadableException)
        {
            return null;
        }
        catch (UneditableException)
        {
            return null;
        }
    }

    private static (string Text, JsonNode Says) Applied(string text, JsonNode says, DocumentEdit edit)
    {
        var wanted = says.DeepClone();
        EditMeaning.Apply(wanted, edit);
        if (JsonNode.DeepEquals(says, wanted) && edit.Op is not EditOperation.Move) return (text, says);

        var edited = Written(text, edit);
        return JsonNode.DeepEquals(ReadAgain(edited, edit), wanted) ? (edited, wanted) : throw EditErrors.Unsafe(edit.Path);
    }

    private static string Written(string text, DocumentEdit edit)
    {
        var (pen, path) = (new YamlPen(text), DocumentPath.Parts(edit.Path)!);
        return edit.Op switch
        {
            EditOperation.Add => pen.Add(path, edit.Value),
            EditOperation.Replace => pen.Set(path, edit.Value),
            EditOperation.Remove => pen.Remove(path),
            _ => Moved(pen, text, edit, path),
        };
    }

    private static string Moved(YamlPen pen, string text, DocumentEdit edit, IReadOnlyList<string> path)
    {
        var from = DocumentPath.Parts(edit.From!)!;
        if (from.SequenceEqual(path)) return text;
        if (!pen.IsItem(from)) return from.SkipLast(1).SequenceEqual(path.SkipLast(1)) ? pen.Rename(from, path[^1]) : throw EditErrors.Elsewhere(edit.From!, edit.Path);

        var lines = pen.LinesOf(from);
        var target = new YamlPen(pen.Remove(from));
        return target.IsList([.. path.SkipLast(1)]) ? target.Insert(path, lines) : throw EditErrors.Elsewhere(edit.From!, edit.Path);
    }

    private static JsonNode ReadAgain(string text, DocumentEdit edit)
    {
        try
        {
            return EditMeaning.Of(text);
        }
        catch (UnreadableException unreadable)
        {
            throw edit.Value is null ? EditErrors.Unsafe(edit.Path) : EditErrors.Unsayable(edit.Path, unreadable.Remark);
        }
    }
}
