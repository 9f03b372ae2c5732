using System.Security;
using System.Xml;
using System.Xml.Linq;

namespace DeployHub.Worker.Steps.Configuration;

/// <summary>
/// XML without document type and entities of its own. A parser tells where elements stand, and the text is changed there. What was written is
/// read back before it counts.
/// </summary>
internal static class XmlText
{
    public static string Set(string text, string path, string value, bool add)
    {
        if (value.Any(character => !XmlConvert.IsXmlChar(character) && !char.IsSurrogate(character))) throw new UneditableException($"cannot hold a control character at “{path}”");

        var wanted = XmlPath.Of(path);
        var edited = Edit(text, wanted, path, value, add);
        return edited == text || Says(edited, wanted, path, value) ? edited : throw new UneditableException($"would not say it at “{path}” afterwards, or be no valid XML any more");
    }

    private static string Edit(string text, XmlPath wanted, string path, string value, bool add)
    {
        var (element, depth) = Find(Read(text), wanted, path);
        if (depth < wanted.Steps.Count)
            return !add || element is null ? throw ValuePath.NotThere(path) : AddElement(text, element, [.. wanted.Steps.Skip(depth)], wanted.Attribute, value, path);

        return wanted.Attribute is { } name ? SetAttribute(text, element!, name, value, path, add) : SetContent(text, element!, value, path);
    }

    private static bool Says(string text, XmlPath wanted, string path, string value)
    {
        try
        {
            var (element, depth) = Find(Read(text), wanted, path);
            return depth == wanted.Steps.Count && (wanted.Attribute is { } name ? AttributeOf(element!, name)?.Value : element!.Value) == value;
        }
        catch (UneditableException)
        {
            return false;
        }
    }

    /// <summary>As far as the path leads.</summary>
    private static (XElement? Element, int Depth) Find(XElement root, XmlPath wanted, string path)
    {
        XElement? at = null;
        for (var depth = 0; depth < wanted.Steps.Count; depth++)
        {
            var step = wanted.Steps[depth];
            var matching = (at is null ? [root] : at.Elements()).Where(step.Matches).ToList();
            if (step.Number == 0 && matching.Count > 1) throw new UneditableException($"has {matching.Count} places for “{path}”: tell them apart by an attribute or a number", LineOf(matching[1]));
            if (matching.ElementAtOrDefault(Math.Max(step.Number - 1, 0)) is not { } next) return (at, depth);
            at = next;
        }

        return (at, wanted.Steps.Count);
    }

    private static string SetAttribute(string text, XElement element, string name, string value, string path, bool add)
    {
        var attribute = AttributeOf(element, name);
        if (attribute?.Value == value) return text;
        if (attribute is null && !add) throw ValuePath.NotThere(path);
        if (attribute is null)
        {
            RequireBound([name], element, path);
            var end = StartTagEnd(text, OffsetOf(text, element));
            while (char.IsWhiteSpace(text[end - 1])) end--;
            return text.Insert(end, $" {name}=\"{Escaped(value)}\"");
        }

        var quote = text.IndexOfAny(['"', '\''], OffsetOf(text, attribute));
        return ConfigurationText.Splice(text, quote + 1, text.IndexOf(text[quote], quote + 1), Escaped(value));
    }

    private static XAttribute? AttributeOf(XElement element, string name) =>
        element.Attributes().FirstOrDefault(known => XmlPath.IsCalled(known.Name, name, element) && (name.Contains(':') || known.Name.Namespace == XNamespace.None));

    /// <summary>A prefix without a namespace would break the document.</summary>
    private static void RequireBound(IEnumerable<string> names, XElement at, string path)
    {
        var prefixes = names.Where(name => name.Contains(':')).Select(name => name[..name.IndexOf(':')]);
        if (prefixes.FirstOrDefault(prefix => at.GetNamespaceOfPrefix(prefix) is null) is { } unbound)
            throw new UneditableException($"does not bind the prefix “{unbound}” of “{path}” to a namespace there", LineOf(at));
    }

    private static string SetContent(string text, XElement element, string value, string path)
    {
        if (element.HasElements) throw new UneditableException($"has elements of its own inside “{path}”: name one of them", LineOf(element));
        if (element.Nodes().Any(node => node is not XText)) throw new UneditableException($"has a comment inside “{path}”, which would be lost", LineOf(element));
        if (element.Value == value) return text;

        var offset = OffsetOf(text, element);
        var end = StartTagEnd(text, offset);
        if (text[end] == '/')
        {
            var name = text[offset..].TakeWhile(character => !char.IsWhiteSpace(character) && character is not ('/' or '>')).ToArray();
            var tag = end;
            while (char.IsWhiteSpace(text[tag - 1])) tag--;
            return ConfigurationText.Splice(text, tag, end + 2, $">{Escaped(value)}</{new string(name)}>");
        }

        return ConfigurationText.Splice(text, end + 1, ContentEnd(text, end + 1), Escaped(value));
    }

    /// <summary>Only text and CDATA stand between; the end tag follows.</summary>
    private static int ContentEnd(string text, int position)
    {
        while (true)
        {
            position = text.IndexOf('<', position);
            if (!text.AsSpan(position).StartsWith("<![CDATA[")) return position;
            position = text.IndexOf("]]>", position, StringComparison.Ordinal) + 3;
        }
    }

    /// <summary>With the attributes and children that its conditions name, on a line of its own behind its siblings.</summary>
    private static string AddElement(string text, XElement into, IReadOnlyList<XmlPath.Step> steps, string? attribute, string value, string path)
    {
        if (steps.Any(step => step.Number > 1)) throw new UneditableException($"lacks the places before “{path}”");
        RequireBound([.. steps.SelectMany(step => step.Where.Select(condition => condition.Name).Prepend(step.Name)), attribute ?? ""], into, path);
        var prefix = text[OffsetOf(text, into)..].TakeWhile(character => character is not (' ' or '/' or '>' or '\t' or '\r' or '\n')).ToArray() is var tag && Array.IndexOf(tag, ':') is var colon && colon > 0 ? new string(tag[..(colon + 1)]) : "";
        var added = "";
        for (var i = steps.Count - 1; i >= 0; i--) added = Element(steps[i], prefix, i == steps.Count - 1 ? attribute : null, i == steps.Count - 1 ? value : null, added);

        var offset = OffsetOf(text, into);
        var end = StartTagEnd(text, offset);
        if (text[end] == '/')
        {
            var cut = end;
            while (char.IsWhiteSpace(text[cut - 1])) cut--;
            return ConfigurationText.Splice(text, cut, end + 2, $">{added}</{new string(tag)}>");
        }

        if (into.Elements().LastOrDefault() is not { } sibling) return text.Insert(end + 1, added);
        var lineStart = text.LastIndexOf('\n', OffsetOf(text, sibling)) + 1;
        var indentation = text[lineStart..(OffsetOf(text, sibling) - 1)];
        var after = ElementEnd(text, sibling);
        return text.Insert(after, string.IsNullOrWhiteSpace(indentation) && lineStart > 0 ? $"{ConfigurationText.LineEndOf(text)}{indentation}{added}" : added);
    }

    private static string Element(XmlPath.Step step, string prefix, string? attribute, string? value, string inner)
    {
        var name = step.Name.Contains(':') ? step.Name : prefix + step.Name;
        var attributes = string.Concat(step.Where.Where(condition => condition.IsAttribute).Select(condition => $" {condition.Name}=\"{Escaped(condition.Value)}\""));
        var children = string.Concat(step.Where.Where(condition => !condition.IsAttribute).Select(condition => $"<{prefix}{condition.Name}>{Escaped(condition.Value)}</{prefix}{condition.Name}>"));
        if (attribute is not null) attributes += $" {attribute}=\"{Escaped(value!)}\"";
        var content = children + inner + (attribute is null && value is not null ? Escaped(value) : "");
        return content.Length == 0 ? $"<{name}{attributes} />" : $"<{name}{attributes}>{content}</{name}>";
    }

    private static XElement Read(string text)
    {
        try
        {
            var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
            using (var measure = XmlReader.Create(new StringReader(text), settings))
                while (measure.Read())
                    if (measure.Depth >= ConfigurationText.MostLevels) throw new UneditableException($"nests deeper than {ConfigurationText.MostLevels} levels", ((IXmlLineInfo)measure).LineNumber);

            using var reader = XmlReader.Create(new StringReader(text), settings);
            return XDocument.Load(reader, LoadOptions.SetLineInfo | LoadOptions.PreserveWhitespace).Root!;
        }
        catch (XmlException exception)
        {
            throw new UneditableException(text.Contains("<!DOCTYPE", StringComparison.Ordinal) ? "has a document type, which is not read" : "is no valid XML", exception.LineNumber);
        }
    }

    /// <summary>Where the element's tag name, or the attribute's name, begins.</summary>
    private static int OffsetOf(string text, IXmlLineInfo place)
    {
        var offset = 0;
        for (var line = 1; line < place.LineNumber; line++)
        {
            offset = text.AsSpan(offset).IndexOfAny('\r', '\n') + offset;
            offset += text[offset] == '\r' && offset + 1 < text.Length && text[offset + 1] == '\n' ? 2 : 1;
        }

        return offset + place.LinePosition - 1;
    }

    /// <summary>The position of the start tag's “&gt;”, or of the “/” before it.</summary>
    private static int StartTagEnd(string text, int position)
    {
        for (; ; position++)
        {
            if (text[position] is '"' or '\'') position = text.IndexOf(text[position], position + 1);
            else if (text[position] == '>') return text[position - 1] == '/' ? position - 1 : position;
        }
    }

    /// <summary>Behind the element's end tag.</summary>
    private static int ElementEnd(string text, XElement element)
    {
        var end = StartTagEnd(text, OffsetOf(text, element));
        if (text[end] == '/') return end + 2;

        var position = element.Elements().LastOrDefault() is { } last ? ElementEnd(text, last) : end + 1;
        while (true)
        {
            position = text.IndexOf('<', position);
            if (text[position + 1] == '/') return text.IndexOf('>', position) + 1;
            var skipped = text.AsSpan(position).StartsWith("<![CDATA[") ? "]]>" : text[position + 1] == '!' ? "-->" : "?>";
            position = text.IndexOf(skipped, position, StringComparison.Ordinal) + skipped.Length;
        }
    }

    private static int LineOf(IXmlLineInfo place) => place.LineNumber;

    /// <summary>Also what a reader would change, such as a line break in an attribute.</summary>
    private static string Escaped(string value) =>
        SecurityElement.Escape(value).Replace("\t", "&#9;", StringComparison.Ordinal).Replace("\n", "&#10;", StringComparison.Ordinal).Replace("\r", "&#13;", StringComparison.Ordinal);
}
