using Microsoft.AspNetCore.Mvc.Rendering;

namespace DeployHub.Web.Pages.Services.Variables;

/// <summary>A page with the fields of a variable's values.</summary>
public interface IHasVariableForm
{
    VariableForm Input { get; }

    IReadOnlyList<SelectListItem> Environments { get; }
}
