using Resolver.Packaging.PyProjects;

namespace Resolver.Execution.Wheels;

/// <summary>The build backend that a source tree names.</summary>
internal static class ProjectBackend
{
    /// <summary>That of a folder, as pip chooses it: a project without <c>[build-system]</c> is built by the setuptools
    /// backend for old ones.</summary>
    /// <returns>The backend; or why no frontend may build the project (PEP 518).</returns>
    /// <exception cref="IOException">pyproject.toml cannot be read.</exception>
    public static (BuildSystem? System, string? Why) Of(string project)
    {
        var file = Path.Combine(project, "pyproject.toml");
        if (!File.Exists(file))
            return File.Exists(Path.Combine(project, "setup.py"))
                ? (BuildSystem.Legacy, null)
                : (null, "it has neither pyproject.toml nor setup.py");
        var read = PyProject.TryParse(File.ReadAllBytes(file));
        if (!read.Success)
            return (null, read.Error.ToString());
        var system = read.Value.BuildSystem ?? BuildSystem.Legacy;
        return system.Errors is [var error, ..] ? (null, error.ToString()) : (system, null);
    }
}
