using System.Globalization;
using System.Text.Json.Nodes;
using DeployHub.Features.Models.Notation.Editing;

namespace DeployHub.Web.Pages.Models.Forms;

/// <summary>What has to change in a document so that it says what somebody put into a form. What stayed the same is no edit.</summary>
internal sealed class FormEdits(JsonNode document)
{
    /// <summary>Where more items of a list change, the whole list is written: a form is kept by at most 50 edits.</summary>
    private const int MostInList = 20;

    private readonly List<DocumentEdit> _edits = [];
    private readonly List<string> _removed = [];
    private readonly Dictionary<string, JsonNode> _missing = [];
    private readonly List<(string Field, string Sentence)> _problems = [];
    private readonly List<(string Part, string Was, string Now)> _kinds = [];
    private readonly List<string> _dropped = [];

    /// <summary>What could not be understood, by the name of its field.</summary>
    public IReadOnlyList<(string Field, string Sentence)> Problems => _problems;

    public IReadOnlyList<DocumentEdit> Edits => [.. _edits, .. Removals(), .. _missing.Select(missing => new DocumentEdit(EditOperation.Add, missing.Key, missing.Value))];

    /// <summary>The step itself does something else from now on; its probe may.</summary>
    public bool ChangesKindOf(string step) => _kinds.Exists(kind => kind.Part == step);

    /// <summary>What a step was told for what it did before, and what it does now does not know.</summary>
    public IReadOnlyList<string> Dropped => _dropped;

    public FormEdits Take(IEnumerable<FormEntry> entries, IFormCollection form)
    {
        TakeEach(entries, form);
        foreach (var (part, was, now) in _kinds) DropUnknown($"{part}/with", FormSchema.SettingsOf(was), FormSchema.SettingsOf(now));
        return this;
    }

    private void TakeEach(IEnumerable<FormEntry> entries, IFormCollection form)
    {
        foreach (var entry in entries)
            switch (entry)
            {
                case FormField field: Take(field, form); break;
                case FormGroup group: TakeEach(group.Entries, form); break;
                case FormItems items: TakeEach(items.Items, form); break;
            }
    }

    /// <summary>Settings of another kind go; those that both kinds know by one name, and of one type, stay as they were typed.</summary>
    private void DropUnknown(string with, JsonObject? was, JsonObject? now)
    {
        if (now is null) return; // the text names a kind that there is not, and is told so

        var said = FormSchema.At(document, with) as JsonObject ?? [];
        foreach (var name in said.Select(setting => setting.Key).ToList())
            if (!FormSchema.IsAlike(was, now, name))
            {
                Drop(DocumentPath.Inside(with, name));
                _dropped.Add(name);
            }

        foreach (var typed in _edits.Select(edit => edit.Path).Where(path => path.StartsWith($"{with}/", StringComparison.Ordinal)).ToList())
            if (DocumentPath.Parts(typed[with.Length..])![0] is var name && !said.ContainsKey(name) && !FormSchema.IsAlike(was, now, name)) Drop(DocumentPath.Inside(with, name));
        if (_missing.TryGetValue(with, out var missing) && missing is JsonObject settings)
        {
            foreach (var name in settings.Select(setting => setting.Key).Where(name => !FormSchema.IsAlike(was, now, name)).ToList()) settings.Remove(name);
            if (settings.Count == 0) _missing.Remove(with);
        }
    }

    /// <summary>Takes something away, whatever was typed into it.</summary>
    private void Drop(string path)
    {
        bool IsOfIt(string other) => other == path || other.StartsWith($"{path}/", StringComparison.Ordinal);
        _edits.RemoveAll(edit => IsOfIt(edit.Path));
        _removed.RemoveAll(IsOfIt);
        _problems.RemoveAll(problem => problem.Field.StartsWith("at/", StringComparison.Ordinal) && IsOfIt(problem.Field[2..]));
        if (FormSchema.At(document, path) is not null) _removed.Add(path);
    }

    /// <summary>Writes a value where there is none yet, with all that is missing around it.</summary>
    public void Set(string path, JsonNode value)
    {
        var (around, name) = DocumentPath.Split(path);
        if (FormSchema.At(document, around) is JsonObject)
        {
            _edits.Add(new DocumentEdit(EditOperation.Add, path, value));
            return;
        }

        var top = around;
        while (FormSchema.At(document, DocumentPath.Split(top).Around) is not JsonObject) top = DocumentPath.Split(top).Around;
        if (IsTaken(top)) return;
        if (!_missing.TryGetValue(top, out var inside)) _missing[top] = inside = new JsonObject();
        foreach (var part in DocumentPath.Parts(around[top.Length..])!) inside = inside[part] ??= new JsonObject();
        inside[name] = value;
    }

    public void Append(string list, JsonNode value)
    {
        if (FormSchema.At(document, list) is JsonArray) _edits.Add(new DocumentEdit(EditOperation.Add, DocumentPath.Inside(list, DocumentPath.End), value));
        else if (!IsTaken(list)) Set(list, new JsonArray(value));
    }

    /// <summary>Something of another kind stands there; a form does not write over it.</summary>
    private bool IsTaken(string path)
    {
        if (FormSchema.At(document, path) is null) return false;
        _problems.Add(("", $"Something else is written at {path}, which no form shows. Change that in the text."));
        return true;
    }

    private void Take(FormField field, IFormCollection form)
    {
        if (field.Kind is FieldKind.OnlyInText || (!form.ContainsKey(field.Name) && field.Kind is not FieldKind.Several)) return;

        var typed = form[field.Name].ToString().Replace("\r\n", "\n", StringComparison.Ordinal);
        switch (field.Kind)
        {
            case FieldKind.Several: TakeItems(field, [.. form[field.Name].OfType<string>()], keepsOrder: true); break;
            case FieldKind.Lines: TakeItems(field, typed.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries), keepsOrder: false); break;
            case FieldKind.Pairs: TakePairs(field, typed); break;
            default: TakeText(field, typed); break;
        }
    }

    private void TakeText(FormField field, string typed)
    {
        if (typed == (field.Value is null ? "" : field.Shown)) return;
        if (field.IsKind) _kinds.Add((DocumentPath.Split(field.Path).Around, field.Shown, typed.Trim()));
        if (typed.Trim() is { Length: > 0 } text) Set(field.Path, Scalar(field.Types, field.Kind is FieldKind.LongText ? typed : text));
        else if (field.IsRequired) Set(field.Path, "");
        else _removed.Add(field.Path);
    }

    /// <summary>A number or a truth value without quotes, where the schema lets it be one.</summary>
    private static JsonValue Scalar(IReadOnlyList<string> types, string typed)
    {
        if ((types.Contains("integer") || types.Contains("number")) && int.TryParse(typed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number.ToString(CultureInfo.InvariantCulture) == typed) return JsonValue.Create(number);
        return types.Contains("boolean") && typed is "true" or "false" ? JsonValue.Create(typed == "true") : JsonValue.Create(typed);
    }

    /// <param name="keepsOrder">What was there stays where it is, and only the rest is taken away or put behind it.</param>
    private void TakeItems(FormField field, IReadOnlyList<string> typed, bool keepsOrder)
    {
        var was = field.Items;
        var now = keepsOrder ? [.. was.Where(typed.Contains), .. typed.Except(was)] : typed;
        if (was.SequenceEqual(now)) return;
        if (now.Count == 0 && !field.IsRequired) _removed.Add(field.Path);
        else if (was.Count == 0) Set(field.Path, ListOf(now));
        else TakeDifference(field.Path, was, now);
    }

    private void TakeDifference(string list, IReadOnlyList<string> was, IReadOnlyList<string> now)
    {
        var same = was.Zip(now).TakeWhile(pair => pair.First == pair.Second).Count();
        var end = was.Reverse().Zip(now.Reverse()).Take(Math.Min(was.Count, now.Count) - same).TakeWhile(pair => pair.First == pair.Second).Count();
        var (old, changed) = (was.Count - same - end, now.Count - same - end);
        if (Math.Max(old, changed) > MostInList)
        {
            Set(list, ListOf(now));
            return;
        }

        for (var i = 0; i < Math.Min(old, changed); i++) _edits.Add(new DocumentEdit(EditOperation.Replace, DocumentPath.Inside(list, same + i), now[same + i]));
        for (var i = old - 1; i >= changed; i--) _edits.Add(new DocumentEdit(EditOperation.Remove, DocumentPath.Inside(list, same + i)));
        for (var i = old; i < changed; i++) _edits.Add(new DocumentEdit(EditOperation.Add, DocumentPath.Inside(list, same + i), now[same + i]));
    }

    private static JsonArray ListOf(IReadOnlyList<string> items) => new([.. items.Select(item => (JsonNode)JsonValue.Create(item))]);

    private void TakePairs(FormField field, string typed)
    {
        if (typed.TrimEnd() == field.Shown.TrimEnd()) return;
        var (was, now) = (field.Value as JsonObject ?? [], new Dictionary<string, string>(StringComparer.Ordinal));
        foreach (var line in typed.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = line.IndexOf(": ", StringComparison.Ordinal) is >= 0 and var inside ? inside : line.EndsWith(':') ? line.Length - 1 : -1;
            if (colon <= 0) _problems.Add((field.Name, $"“{line}” is no pair. Write one name: value a line, with a blank behind the colon."));
            else if (!now.TryAdd(line[..colon].TrimEnd(), line[(colon + 1)..].Trim())) _problems.Add((field.Name, $"“{line[..colon]}” stands there twice. Keep one."));
        }

        if (now.Count == 0 && !field.IsRequired)
        {
            _removed.Add(field.Path);
            return;
        }

        _removed.AddRange(was.Where(pair => !now.ContainsKey(pair.Key)).Select(pair => DocumentPath.Inside(field.Path, pair.Key)));
        foreach (var (name, value) in now)
            if (!was.ContainsKey(name) || $"{was[name]}" != value) Set(DocumentPath.Inside(field.Path, name), Scalar(["number", "boolean"], value));
    }

    /// <summary>A mapping that would be left empty goes, too, when nothing else is written into it.</summary>
    private IEnumerable<DocumentEdit> Removals() =>
        from removed in _removed
        group removed by DocumentPath.Split(removed).Around into places
        let isAll = places.Key.EndsWith("/with", StringComparison.Ordinal) && FormSchema.At(document, places.Key) is JsonObject around && around.Count == places.Count()
            && !_edits.Exists(edit => edit.Path.StartsWith($"{places.Key}/", StringComparison.Ordinal))
        from path in isAll ? [places.Key] : places.AsEnumerable()
        select new DocumentEdit(EditOperation.Remove, path);
}
