package riskcluster.node.tls;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;

/** Whom a certificate is for: its common name and its DNS names, in lower case. */
final class CertificateNames {

    private static final int DNS = 2;

    private CertificateNames() {}

    static Set<String> of(X509Certificate certificate) throws CertificateParsingException {
        var names = new HashSet<String>();
        var alternatives = certificate.getSubjectAlternativeNames();
        for (List<?> each : alternatives == null ? List.<List<?>>of() : alternatives) {
            if (each.get(0).equals(DNS)) {
                names.add(lower(each.get(1)));
            }
        }
        try {
            for (var part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
                if (part.getType().equalsIgnoreCase("CN")) {
                    names.add(lower(part.getValue()));
                }
            }
        } catch (InvalidNameException e) {
            throw new CertificateParsingException("the subject is no name", e);
        }
        return names;
    }

    private static String lower(Object name) {
        return String.valueOf(name).toLowerCase(Locale.ROOT);
    }
}
