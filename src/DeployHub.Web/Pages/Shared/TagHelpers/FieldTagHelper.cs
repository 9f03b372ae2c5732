using System.Collections;
using System.Globalization;
using System.Net;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace DeployHub.Web.Pages.Shared.TagHelpers;

/// <summary>
/// Label, control, hint and refusal of one form field, wired for assistive technology, with the typed value kept.
/// <code>
/// &lt;field for="Input.Name" hint="As people call it" /&gt;                      text; number, date, checkbox, file and e-mail follow the property
/// &lt;field for="Input.Purpose" rows="3" optional="true" /&gt;                 text area
/// &lt;field for="Input.Tier" /&gt;                                            an enum chooses by itself
/// &lt;field for="Input.Environment" items="@Model.Environments" /&gt;         select; with a list property: checkboxes
/// &lt;field for="Input.Password" type="password" autocomplete="new-password" /&gt;
/// </code>
/// Other attributes (<c>placeholder</c>, <c>autocomplete</c>, <c>min</c>, <c>hx-get</c> …) go to the control.
/// </summary>
[HtmlTargetElement("field", Attributes = "for", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class FieldTagHelper(IHtmlGenerator generator) : TagHelper
{
    public ModelExpression For { get; set; } = null!;

    /// <summary>By default the property's name in words.</summary>
    public string? Label { get; set; }

    public string? Hint { get; set; }

    public string? Type { get; set; }

    public IEnumerable<SelectListItem>? Items { get; set; }

    /// <summary>The first, empty choice of a select.</summary>
    public string? Choose { get; set; }

    public int? Rows { get; set; }

    /// <summary>Says so behind the label; everything else is expected to be filled.</summary>
    public bool Optional { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    private string Name => ViewContext.ViewData.TemplateInfo.GetFullHtmlFieldName(For.Name);

    private string Id => TagBuilder.CreateSanitizedId(Name, "_");

    private Type ValueType => For.Metadata.UnderlyingOrModelType;

    private string? Problem => ViewContext.ModelState.TryGetValue(Name, out var entry) && entry.Errors.Count > 0
        ? string.Join(' ', entry.Errors.Select(error => error.ErrorMessage))
        : null;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var attributes = TakeControlAttributes(output);
        var isGroup = Items is not null && For.Metadata.IsEnumerableType;
        var isCheckbox = ValueType == typeof(bool) && Items is null;

        LabelOf.Keep(ViewContext.HttpContext, Name, Called);
        output.Render(isGroup ? "fieldset" : "div", "field", isCheckbox ? "field-check" : null);
        if (isGroup) output.Content.AppendHtml(Html.Element("legend", "form-label").Holding(LabelText()));
        else if (!isCheckbox) output.Content.AppendHtml(LabelElement("form-label"));
        output.Content.AppendHtml(isGroup ? Checkboxes() : Control(attributes));
        if (isCheckbox) output.Content.AppendHtml(LabelElement("form-check-label"));
        if (Hint is not null) output.Content.AppendHtml(Html.Element("p", "form-hint", Hint).With("id", $"{Id}-hint"));
        if (Problem is not null) output.Content.AppendHtml(Html.Element("p", "field-problem", Problem).With("id", $"{Id}-problem"));
    }

    private TagBuilder Control(Dictionary<string, object?> attributes)
    {
        if (Items is not null) return Select(Items, attributes);
        if (ValueType.IsEnum) return Select(Members(), attributes);
        attributes["class"] = ValueType == typeof(bool) ? "form-check-input" : Type is "file" || IsFile ? "form-control file" : "form-control";
        if (ValueType == typeof(bool)) return generator.GenerateCheckBox(ViewContext, For.ModelExplorer, For.Name, For.Model as bool?, attributes);
        if (Rows is { } rows) return generator.GenerateTextArea(ViewContext, For.ModelExplorer, For.Name, rows, 0, Without(attributes, "type"));
        if (Type is "password") return generator.GeneratePassword(ViewContext, For.ModelExplorer, For.Name, null, attributes);

        attributes["type"] = Type ?? InputType();
        return generator.GenerateTextBox(ViewContext, For.ModelExplorer, For.Name, IsFile ? null : Formatted(), null, attributes);
    }

    private TagBuilder Select(IEnumerable<SelectListItem> items, Dictionary<string, object?> attributes)
    {
        attributes["class"] = "form-select";
        return generator.GenerateSelect(ViewContext, For.ModelExplorer, Choose, For.Name, items, For.Metadata.IsEnumerableType, attributes);
    }

    private TagBuilder Checkboxes()
    {
        var chosen = ViewContext.ModelState.TryGetValue(Name, out var entry) && entry.RawValue is not null
            ? (entry.RawValue as string[] ?? [entry.RawValue.ToString()!]).ToHashSet()
            : (For.Model as IEnumerable ?? Array.Empty<object>()).Cast<object>().Select(value => value.ToString()!).ToHashSet();
        var list = Html.Element("div", "choices").With("id", Id).With("tabindex", "-1");
        foreach (var item in Items!)
        {
            var box = Html.Element("input", "form-check-input").With("type", "checkbox").With("name", Name).With("value", item.Value)
                .With("checked", item.Selected || chosen.Contains(item.Value) ? "checked" : null).With("disabled", item.Disabled ? "disabled" : null);
            box.TagRenderMode = TagRenderMode.SelfClosing;
            list.Holding(Html.Element("label", "form-check").Holding(box, Html.Element("span", "form-check-label", item.Text)));
        }

        return list;
    }

    private TagBuilder LabelElement(string css) => Html.Element("label", css).With("for", Id).Holding(LabelText());

    private string Called => Label ?? For.Metadata.DisplayName ?? InWords(For.Metadata.PropertyName ?? For.Name);

    private HtmlContentBuilder LabelText()
    {
        var text = new HtmlContentBuilder();
        text.Append(Called);
        if (Optional) text.AppendHtml(Html.Element("span", "optional", "optional"));
        return text;
    }

    private Dictionary<string, object?> TakeControlAttributes(TagHelperOutput output)
    {
        var attributes = output.Attributes.Where(attribute => attribute.Name != "class").ToDictionary(attribute => attribute.Name, attribute => (object?)AsText(attribute.Value));
        foreach (var name in attributes.Keys) output.Attributes.RemoveAll(name);
        var described = string.Join(' ', new[] { Hint is null ? null : $"{Id}-hint", Problem is null ? null : $"{Id}-problem" }.Where(id => id is not null));
        if (described.Length > 0) attributes["aria-describedby"] = described;
        if (Problem is not null) attributes["aria-invalid"] = "true";
        return attributes;
    }

    /// <summary>Razor hands over what it computed already encoded; the control encodes once more.</summary>
    private static string? AsText(object? value)
    {
        if (value is not IHtmlContent content) return value?.ToString();

        using var writer = new StringWriter();
        content.WriteTo(writer, HtmlEncoder.Default);
        return WebUtility.HtmlDecode(writer.ToString());
    }

    private bool IsFile => typeof(IFormFile).IsAssignableFrom(ValueType);

    private string InputType() => ValueType switch
    {
        _ when IsFile => "file",
        _ when ValueType == typeof(DateTimeOffset) || ValueType == typeof(DateTime) => "datetime-local",
        _ when ValueType == typeof(DateOnly) => "date",
        _ when ValueType == typeof(TimeOnly) => "time",
        _ when ValueType == typeof(int) || ValueType == typeof(long) || ValueType == typeof(decimal) || ValueType == typeof(double) => "number",
        _ => For.Metadata.DataTypeName switch { "EmailAddress" => "email", "Url" => "url", "Password" => "password", _ => "text" },
    };

    private object? Formatted() => For.Model switch
    {
        DateTime at when Type is "date" => at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTimeOffset at => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture),
        DateTime at => at.ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm", CultureInfo.InvariantCulture),
        var other => other,
    };

    private IEnumerable<SelectListItem> Members() => Enum.GetNames(ValueType).Select(name => new SelectListItem(InWords(name), name));

    private static string InWords(string name)
    {
        var words = string.Concat(name.Select((letter, at) => at > 0 && char.IsUpper(letter) && !char.IsUpper(name[at - 1]) ? $" {char.ToLowerInvariant(letter)}" : letter.ToString()));
        return words;
    }

    private static Dictionary<string, object?> Without(Dictionary<string, object?> attributes, string name)
    {
        attributes.Remove(name);
        return attributes;
    }
}
