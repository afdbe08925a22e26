using Npgsql;

namespace Resolver.Archives.Index;

/// <summary>Connection URLs as PostgreSQL's own library reads them (libpq, "Connection URIs"), as far as one host
/// goes.</summary>
internal static class PostgresUrl
{
    /// <summary>Whether a text is meant as such a URL.</summary>
    public static bool IsOne(string text) =>
        text.StartsWith("postgres://", StringComparison.Ordinal)
        || text.StartsWith("postgresql://", StringComparison.Ordinal);

    /// <exception cref="FormatException">It is none, or has a parameter that is not known here.</exception>
    public static NpgsqlConnectionStringBuilder Read(string url)
    {
        if (!IsOne(url) || !Uri.TryCreate(url, UriKind.Absolute, out var uri))
            throw new FormatException("it is no URL of the form postgres://USER:PASSWORD@HOST:PORT/DATABASE");
        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = uri.Host.Length > 0 ? Uri.UnescapeDataString(uri.Host).Trim('[', ']') : "localhost",
            Timeout = 10,
        };
        if (uri.Port > 0)
            settings.Port = uri.Port;
        if (uri.UserInfo.Length > 0)
        {
            var parts = uri.UserInfo.Split(':', 2);
            settings.Username = Uri.UnescapeDataString(parts[0]);
            if (parts.Length > 1)
                settings.Password = Uri.UnescapeDataString(parts[1]);
        }
        settings.Database =
            uri.AbsolutePath.Length > 1 ? Uri.UnescapeDataString(uri.AbsolutePath[1..]) : settings.Username;
        foreach (var pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            Set(settings, Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "");
        }
        return settings;
    }

    private static void Set(NpgsqlConnectionStringBuilder settings, string key, string value)
    {
        switch (key)
        {
            case "host":
                settings.Host = value; // a directory for a local socket
                break;
            case "port" when int.TryParse(value, out var port):
                settings.Port = port;
                break;
            case "user":
                settings.Username = value;
                break;
            case "password":
                settings.Password = value;
                break;
            case "dbname":
                settings.Database = value;
                break;
            case "application_name":
                settings.ApplicationName = value;
                break;
            case "passfile":
                settings.Passfile = value;
                break;
            case "connect_timeout" when int.TryParse(value, out var seconds):
                settings.Timeout = seconds;
                break;
            case "sslmode"
                when Enum.TryParse<SslMode>(
                    value.Replace("-", "", StringComparison.Ordinal),
                    ignoreCase: true,
                    out var mode
                ):
                settings.SslMode = mode;
                break;
            case "sslrootcert":
                settings.RootCertificate = value;
                break;
            default:
                throw new FormatException(
                    $"'{key}={value}' is not understood: host, port, user, password, dbname, passfile, "
                        + $"application_name, connect_timeout, sslmode and sslrootcert are"
                );
        }
    }
}
