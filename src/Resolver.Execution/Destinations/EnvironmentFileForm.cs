namespace Resolver.Execution.Destinations;

/// <summary>The forms of an <see cref="EnvironmentFile"/>.</summary>
public enum EnvironmentFileForm
{
    /// <summary>A POSIX shell file to be read in (<c>. FILE</c>): PYTHONPATH and PATH.</summary>
    Shell,

    /// <summary>A module file for Lmod.</summary>
    Module,

    /// <summary>Lines for Python's <c>site</c>, to be put into a site folder.</summary>
    PathFile,

    /// <summary>A module that puts a finder on <c>sys.meta_path</c>.</summary>
    Finder,
}
