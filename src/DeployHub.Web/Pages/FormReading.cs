using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;

namespace DeployHub.Web.Pages;

/// <summary>
/// How forms are read: an empty field is an empty text, never null; what must be filled is said by the command's validator alone, so that
/// both doors say the same; what cannot be read at all is refused in our own words.
/// </summary>
internal sealed class FormReading : IDisplayMetadataProvider
{
    public static void Configure(MvcOptions options)
    {
        options.SuppressImplicitRequiredAttributeForNonNullableReferenceTypes = true;
        options.ModelMetadataDetailsProviders.Add(new FormReading());
        var say = options.ModelBindingMessageProvider;
        say.SetValueMustNotBeNullAccessor(_ => "Fill this in.");
        say.SetMissingBindRequiredValueAccessor(field => $"{field} is missing.");
        say.SetAttemptedValueIsInvalidAccessor((value, _) => $"“{value}” cannot be read here.");
        say.SetNonPropertyAttemptedValueIsInvalidAccessor(value => $"“{value}” cannot be read here.");
        say.SetValueIsInvalidAccessor(value => $"“{value}” cannot be read here.");
        say.SetUnknownValueIsInvalidAccessor(_ => "This cannot be read.");
        say.SetNonPropertyUnknownValueIsInvalidAccessor(() => "This cannot be read.");
        say.SetValueMustBeANumberAccessor(_ => "This is a number.");
        say.SetNonPropertyValueMustBeANumberAccessor(() => "This is a number.");
    }

    public void CreateDisplayMetadata(DisplayMetadataProviderContext context)
    {
        if (context.Key.ModelType == typeof(string)) context.DisplayMetadata.ConvertEmptyStringToNull = false;
    }
}
